using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Storage.Rows;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>Sessions, messages and turns in the database.</summary>
internal sealed class ConversationStore(WriteQueue queue, IDbContextFactory<StorageContext> contexts, CallbackStore callbacks)
    : IConversationStore
{
    public Task<string?> TryBeginTurnAsync(
        Session session, Turn turn, IReadOnlyList<SessionMessage> messages, IReadOnlyList<TurnEventRecord> events)
    {
        MessageRow[] rows = [.. messages.Select(message => MessageRow.Of(session.Id, message))];
        return queue.RunAsync("begin_turn", turn.Id, writer =>
        {
            if (turn.IdempotencyKey is not null
                && writer.First(ConversationStatements.FindTurnByKey, turn, row => row.GetString(0)) is { } repeated)
                return repeated;

            var begun = new ConversationStatements.Begun(session, turn.Id, rows[0].Position, rows.Length);
            if (writer.Execute(ConversationStatements.OccupySession, begun) == 0 && !TryAddSession(writer, begun))
                return ActiveTurn(writer, begun);

            writer.Execute(ConversationStatements.AddTurn, turn);
            foreach (var row in rows)
                writer.Execute(ConversationStatements.AddMessage, row);
            EventStatements.Append(writer, turn.Id, events);
            return null;
        });
    }

    public Task NoteTranscriptAsync(string sessionId, string turnId, string hash) => queue.RunAsync(
        "note_transcript", turnId, writer => writer.Execute(ConversationStatements.NoteTranscript, new(sessionId, turnId, hash)));

    public async Task<bool> TrySaveTurnAsync(
        Turn turn, IReadOnlyList<SessionMessage> added, IReadOnlyList<TurnEventRecord> events, SessionContext? context = null)
    {
        var callback = Callback.For(turn);
        var isNew = false;
        MessageRow[] rows = [.. added.Select(message => MessageRow.Of(turn.SessionId, message))];
        var saved = await queue.RunAsync("save_turn", turn.Id, writer =>
        {
            if (writer.Execute(ConversationStatements.UpdateTurn, turn) == 0)
                return false;

            var position = rows.Length == 0 ? 0 : rows[0].Position;
            if (writer.Execute(ConversationStatements.SaveSession, new(turn, position, rows.Length, context)) == 0)
                throw new SessionChangedException($"Position {position} is not the next one of session '{turn.SessionId}'.");
            foreach (var row in rows)
                writer.Execute(ConversationStatements.AddMessage, row);
            EventStatements.Append(writer, turn.Id, events);
            isNew = callback is not null && writer.Execute(CallbackStatements.Add, callback) == 1;
            return true;
        });
        if (saved && isNew)
            callbacks.Announce(callback!);
        return saved;
    }

    public Task AddSessionAsync(Session session, IReadOnlyList<SessionMessage> messages)
    {
        MessageRow[] rows = [.. messages.Select(message => MessageRow.Of(session.Id, message))];
        return queue.RunAsync("add_session", session.Id, writer =>
        {
            writer.Execute(ConversationStatements.AddIdleSession, session);
            foreach (var row in rows)
                writer.Execute(ConversationStatements.AddMessage, row);
            return rows.Length;
        });
    }

    public Task<bool> TryForkSessionAsync(Session fork, string sourceId) => queue.RunAsync("fork_session", fork.Id, writer =>
    {
        if (writer.First(ConversationStatements.FindSession, sourceId, Read) is not { } source || source.MessageCount < fork.MessageCount)
            return false;

        writer.Execute(ConversationStatements.AddIdleSession, fork);
        writer.Execute(ConversationStatements.CopyMessages, new(fork.Id, sourceId, fork.MessageCount));
        return true;
    });

    public Task<string?> TryDeleteSessionAsync(string id) => queue.RunAsync("delete_session", id, writer =>
        writer.Execute(ConversationStatements.DeleteSession, id) == 0
            ? writer.First(ConversationStatements.FindSession, id, Read)?.ActiveTurn
            : null);

    public async Task<Session?> FindSessionAsync(string id, string? owner, CancellationToken cancellationToken)
    {
        var stored = StoredText.Of(id);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Owned(context.Sessions.AsNoTracking(), owner)
            .FirstOrDefaultAsync(session => session.Id == stored, cancellationToken);
        return row?.ToRecord();
    }

    public async Task<Session?> FindSessionByTranscriptAsync(string hash, string owner, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Sessions.AsNoTracking()
            .Where(session => session.Owner == owner && session.TranscriptHash == hash && session.ActiveTurnId == null)
            .OrderByDescending(session => session.UpdatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return row?.ToRecord();
    }

    public async Task<SessionTotals> TotalsAsync(string sessionId, CancellationToken cancellationToken)
    {
        var stored = StoredText.Of(sessionId);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Turns.AsNoTracking().Where(turn => turn.SessionId == stored).GroupBy(_ => 1)
            .Select(turns => new SessionTotals(
                turns.Count(),
                turns.Sum(turn => turn.InputTokens),
                turns.Sum(turn => turn.OutputTokens),
                turns.Max(turn => turn.Cost) == null ? null : turns.Sum(turn => turn.Cost)))
            .SingleOrDefaultAsync(cancellationToken) ?? new SessionTotals(0, 0, 0, null);
    }

    public async Task<IReadOnlyList<Session>> ListSessionsAsync(
        string? owner, int limit, string? after, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sessions = Owned(context.Sessions.AsNoTracking(), owner);
        if (after is not null)
            sessions = await FollowAsync(sessions, StoredText.Of(after), cancellationToken);
        var rows = await sessions.OrderByDescending(session => session.UpdatedAt).ThenByDescending(session => session.Id)
            .Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<IReadOnlyList<SessionMessage>> ListMessagesAsync(
        string sessionId, int from, int limit, CancellationToken cancellationToken)
    {
        var stored = StoredText.Of(sessionId);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Messages.AsNoTracking().Where(message => message.SessionId == stored && message.Position >= from)
            .OrderBy(message => message.Position).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<Turn?> FindTurnAsync(string id, string? owner, CancellationToken cancellationToken)
    {
        var stored = StoredText.Of(id);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Turns.AsNoTracking().FirstOrDefaultAsync(
            turn => turn.Id == stored && (owner == null || turn.Owner == owner), cancellationToken);
        return row?.ToRecord();
    }

    public async Task<Turn?> FindTurnByKeyAsync(string key, string owner, CancellationToken cancellationToken)
    {
        var stored = StoredText.Of(key);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Turns.AsNoTracking().FirstOrDefaultAsync(
            turn => turn.Owner == owner && turn.IdempotencyKey == stored, cancellationToken);
        return row?.ToRecord();
    }

    public async Task<IReadOnlyList<Turn>> ListUnfinishedTurnsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // In the words of the partial index, which is used only then.
        var rows = await context.Turns.AsNoTracking()
            .Where(turn => turn.Status == "queued" || turn.Status == "running" || turn.Status == "awaiting_confirmation")
            .OrderBy(turn => turn.CreatedAt).ThenBy(turn => turn.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    private static bool TryAddSession(WriteSession writer, ConversationStatements.Begun begun) =>
        begun.Position == 0 && writer.Execute(ConversationStatements.AddSession, begun) == 1;

    private static string ActiveTurn(WriteSession writer, ConversationStatements.Begun begun)
    {
        var stored = writer.First(ConversationStatements.FindSession, begun.Session.Id, Read);
        if (stored is null)
            throw new SessionChangedException($"Session '{begun.Session.Id}' was deleted.");
        if (stored.Owner != begun.Session.Owner)
            throw new SessionChangedException($"Session '{begun.Session.Id}' belongs to another owner.");
        return stored.ActiveTurn ?? throw new SessionChangedException(
            $"Session '{begun.Session.Id}' has {stored.MessageCount} messages, so the next one cannot take position {begun.Position}.");
    }

    private static StoredSession Read(DbDataReader row) =>
        new(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(2));

    private static IQueryable<SessionRow> Owned(IQueryable<SessionRow> sessions, string? owner) =>
        owner is null ? sessions : sessions.Where(session => session.Owner == owner);

    // After a session that is gone, the list starts again: better twice than not at all.
    private static async Task<IQueryable<SessionRow>> FollowAsync(
        IQueryable<SessionRow> sessions, string after, CancellationToken cancellationToken)
    {
        var place = await sessions.Where(session => session.Id == after).Select(session => (long?)session.UpdatedAt)
            .FirstOrDefaultAsync(cancellationToken);
        return place is null
            ? sessions
            : sessions.Where(session => session.UpdatedAt <= place && (session.UpdatedAt < place || string.Compare(session.Id, after) < 0));
    }

    private sealed record StoredSession(string Owner, string? ActiveTurn, int MessageCount);
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ToolService.Core.Execution;
using ToolService.Core.Storage.Rows;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>The history and the confirmations in the database.</summary>
internal sealed class CallStore(WriteQueue queue, IDbContextFactory<StorageContext> contexts) : ICallStore
{
    public Task<bool> TryAddAsync(CallRecord call, Confirmation? confirmation = null, string? definition = null) =>
        queue.RunAsync("add_call", call.CallId, session =>
        {
            var added = session.Execute(CallStatements.AddCall, call) == 1;
            if (!added || confirmation is null)
                return added;

            session.Execute(CallStatements.AddConfirmation, confirmation);
            if (definition is not null)
                session.Execute(CallStatements.AddDefinition, (confirmation.DefinitionHash, definition));
            return true;
        });

    public Task<bool> TryUpdateAsync(CallRecord call, CallStatus expected) =>
        queue.RunAsync("update_call", call.CallId, session => session.Execute(CallStatements.UpdateCall, (call, expected)) == 1);

    public Task<bool> TryDecideAsync(Confirmation decided, CallRecord call) => queue.RunAsync("decide", call.CallId, session =>
    {
        if (session.Execute(CallStatements.Decide, decided) == 0)
            return false;

        // Another process may have changed the call in between; thrown, all of this is undone.
        return session.Execute(CallStatements.UpdateCall, (call, CallStatus.ConfirmationRequired)) == 1
            ? true
            : throw new StorageException(
                $"Call '{call.CallId}' changed while confirmation '{decided.Id}' was decided; nothing was written.");
    });

    public Task AddElicitationAsync(Confirmation question) =>
        queue.RunAsync("add_elicitation", question.CallId, session => session.Execute(CallStatements.AddConfirmation, question));

    public Task<bool> TryAnswerElicitationAsync(Confirmation answered) =>
        queue.RunAsync("answer_elicitation", answered.CallId, session => session.Execute(CallStatements.Answer, answered) == 1);

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, int batchSize, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var batch = (StoredTime.Of(instant), batchSize);
        return queue.RunAsync("delete_history", instant.ToString("O", CultureInfo.InvariantCulture), session =>
        {
            session.Execute(CallStatements.DeleteConfirmations, batch);
            session.Execute(CallStatements.DeleteDefinitions, batch);
            return session.Execute(CallStatements.DeleteCalls, batch);
        });
    }

    public async Task<CallRecord?> FindAsync(string callId, string? owner, CancellationToken cancellationToken)
    {
        var id = StoredText.Of(callId);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = context.Calls.AsNoTracking().Where(call => call.CallId == id);
        if (owner is not null)
            calls = calls.Where(call => call.Owner == owner);
        var row = await CallFilter.NewestFirst(calls).FirstOrDefaultAsync(cancellationToken);
        return row?.ToRecord();
    }

    public async Task<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = CallFilter.Apply(context.Calls.AsNoTracking(), query);
        if (query.After is { } after)
        {
            if (await FindPlaceAsync(context, after, cancellationToken) is not { } place)
                return new CallPage([], null);
            calls = CallFilter.After(calls, place, after);
        }

        // One more than asked for tells whether there is a next page.
        var rows = await CallFilter.NewestFirst(calls).Take(query.Limit + 1).ToListAsync(cancellationToken);
        var more = rows.Count > query.Limit;
        CallRow[] page = [.. rows.Take(query.Limit)];
        return new CallPage([.. page.Select(row => row.ToRecord())], more ? page[^1].Seq : null);
    }

    public async Task<IReadOnlyList<ToolStatistics>> SummarizeAsync(CallQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await CallSummary.ReadAsync(CallFilter.Apply(context.Calls.AsNoTracking(), query), cancellationToken);
    }

    public async Task<Confirmation?> FindConfirmationAsync(string id, CancellationToken cancellationToken)
    {
        var stored = StoredText.Of(id);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Confirmations.AsNoTracking()
            .FirstOrDefaultAsync(confirmation => confirmation.Id == stored, cancellationToken);
        return row?.ToRecord();
    }

    public async Task<string?> FindDefinitionAsync(string hash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Definitions.AsNoTracking().Where(row => row.Hash == hash).Select(row => row.Definition)
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Confirmation>> ListConfirmationsAsync(
        string? owner, ConfirmationStatus? status, string? turnId, int limit, string? after, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var confirmations = CallFilter.Apply(context.Confirmations.AsNoTracking(), owner, status, turnId, after);
        var rows = await confirmations.OrderByDescending(confirmation => confirmation.Id).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    // The call that ended the page before may have been deleted since: then its neighbour stands for it.
    private static Task<long?> FindPlaceAsync(StorageContext context, long after, CancellationToken cancellationToken) => context.Calls
        .Where(call => call.Seq <= after)
        .OrderByDescending(call => call.Seq)
        .Select(call => (long?)call.CreatedAt)
        .FirstOrDefaultAsync(cancellationToken);
}

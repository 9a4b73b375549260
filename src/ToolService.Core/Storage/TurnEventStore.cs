using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ToolService.Core.Conversations;
using ToolService.Core.Storage.Rows;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>Turns' events in the database.</summary>
internal sealed class TurnEventStore(WriteQueue queue, IDbContextFactory<StorageContext> contexts) : ITurnEventStore
{
    public Task AppendAsync(string turnId, IReadOnlyList<TurnEventRecord> events) => queue.RunAsync("append_events", turnId, writer =>
    {
        EventStatements.Append(writer, turnId, events);
        return events.Count;
    });

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, int turns, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var before = StoredTime.Of(instant);
        return queue.RunAsync(
            "delete_events", instant.ToString("O", CultureInfo.InvariantCulture), writer => EventStatements.DeleteBefore(writer, before, turns));
    }

    public async Task<IReadOnlyList<TurnEventRecord>> ListAsync(string turnId, int after, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.TurnEvents.AsNoTracking().Where(row => row.TurnId == turnId && row.Sequence > after)
            .OrderBy(row => row.Sequence).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<int> FindLastAsync(string turnId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await LastAsync(context.TurnEvents.Where(row => row.TurnId == turnId), cancellationToken);
    }

    public async Task<TurnLogEnd> FindEndAsync(string turnId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var events = context.TurnEvents.AsNoTracking().Where(row => row.TurnId == turnId);
        var last = await LastAsync(events, cancellationToken);
        var lastFirm = await LastAsync(events.Where(row => row.Type != TurnEvent.Content.Name), cancellationToken);
        var subjects = await events.Where(row => row.Subject != null).Select(row => new { row.Type, row.Subject }).ToListAsync(cancellationToken);
        return new TurnLogEnd(last, lastFirm, [.. subjects.Select(row => (row.Type, row.Subject!))]);
    }

    private static async Task<int> LastAsync(IQueryable<TurnEventRow> events, CancellationToken cancellationToken) =>
        await events.MaxAsync(row => (int?)row.Sequence, cancellationToken) ?? 0;
}

using Microsoft.EntityFrameworkCore;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>Callbacks in the database.</summary>
internal sealed class CallbackStore(WriteQueue queue, IDbContextFactory<StorageContext> contexts) : ICallbackStore
{
    public event Action<Callback>? Added;

    /// <summary>Tells of a callback that <see cref="CallbackStatements.Add"/> added, once it is durable.</summary>
    public void Announce(Callback callback) => Added?.Invoke(callback);

    public async Task<Callback?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Callbacks.AsNoTracking().FirstOrDefaultAsync(callback => callback.Id == id, cancellationToken);
        return row?.ToRecord();
    }

    public async Task<Callback?> FindNewestAsync(string turnId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Callbacks.AsNoTracking().Where(callback => callback.TurnId == turnId)
            .OrderByDescending(callback => callback.Id).FirstOrDefaultAsync(cancellationToken);
        return row?.ToRecord();
    }

    public async Task<IReadOnlyList<Callback>> ListPendingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Callbacks.AsNoTracking().Where(callback => callback.Status == "pending")
            .OrderBy(callback => callback.NextAttemptAt).ThenBy(callback => callback.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public Task SaveAsync(Callback callback) =>
        queue.RunAsync("save_callback", callback.TurnId, writer => writer.Execute(CallbackStatements.Update, callback));
}

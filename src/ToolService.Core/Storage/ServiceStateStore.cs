using Microsoft.EntityFrameworkCore;
using ToolService.Core.Execution;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>Whether the service is stopped, in the database.</summary>
internal sealed class ServiceStateStore(WriteQueue queue, IDbContextFactory<StorageContext> contexts) : IServiceStateStore
{
    private const string Name = "emergency_stop";

    private static readonly Statement<ServiceState> Save = Statement<ServiceState>.Insert(
        "service_state",
        [
            Column<ServiceState>.Text("name", _ => Name),
            Column<ServiceState>.Bool("is_stopped", state => state.IsStopped),
            Column<ServiceState>.Long("since", state => StoredTime.Of(state.Since)),
            Column<ServiceState>.Text("changed_by", state => state.ChangedBy),
            Column<ServiceState>.Text("reason", state => state.Reason),
        ],
        """
        ON CONFLICT (name) DO UPDATE SET
            is_stopped = excluded.is_stopped, since = excluded.since, changed_by = excluded.changed_by, reason = excluded.reason
        """);

    public async Task<ServiceState?> FindAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.ServiceStates.AsNoTracking().FirstOrDefaultAsync(row => row.Name == Name, cancellationToken);
        return row?.ToRecord();
    }

    public Task SaveAsync(ServiceState state) => queue.RunAsync("save_state", "", session => session.Execute(Save, state));
}

namespace ToolService.Core.Execution;

/// <summary>Keeps whether the service is stopped, for the next start.</summary>
public interface IServiceStateStore
{
    /// <summary>The state that was saved last; null where none was.</summary>
    Task<ServiceState?> FindAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the state; durable when the task completes. A write cannot be called back.</summary>
    Task SaveAsync(ServiceState state);
}

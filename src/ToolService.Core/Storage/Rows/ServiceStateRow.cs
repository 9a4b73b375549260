using ToolService.Core.Execution;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>service_state</c>. There is one.</summary>
internal sealed class ServiceStateRow
{
    public required string Name { get; init; }

    public required bool IsStopped { get; init; }

    public required long Since { get; init; }

    public string? ChangedBy { get; init; }

    public string? Reason { get; init; }

    public ServiceState ToRecord() => new(IsStopped, StoredTime.Instant(Since), ChangedBy, Reason);
}

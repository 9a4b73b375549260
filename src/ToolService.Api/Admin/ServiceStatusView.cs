using ToolService.Core.Execution;

namespace ToolService.Api.Admin;

/// <summary>Whether the service runs anything, and what is at work.</summary>
public sealed record ServiceStatusView
{
    /// <summary>Whether the operator has stopped the service.</summary>
    public required bool Stopped { get; init; }

    /// <summary>When it was stopped or started; where nobody ever did either, when the process began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Who stopped or started it.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>Why it was stopped.</summary>
    public string? Reason { get; init; }

    /// <summary>How many running calls this stop has cancelled; absent where it is not stopped, or was before the process began.</summary>
    public int? CallsStopped { get; init; }

    /// <summary>How many turns at work it has ended.</summary>
    public int? TurnsStopped { get; init; }

    /// <summary>How many of the calls' tools did not react to their cancellation in time: they were abandoned, and may still run.</summary>
    public int? ToolsUnresponsive { get; init; }

    /// <summary>How many calls are at work. In the answer to a stop 0, unless some did not end in time.</summary>
    public required int CallsAtWork { get; init; }

    /// <summary>The same of turns.</summary>
    public required int TurnsAtWork { get; init; }

    /// <summary>The state as it is on the wire.</summary>
    public static ServiceStatusView Of(StopReport report)
    {
        var stopped = report.State.IsStopped;
        return new ServiceStatusView
        {
            Stopped = stopped,
            Since = report.State.Since,
            ChangedBy = report.State.ChangedBy,
            Reason = report.State.Reason,
            CallsStopped = stopped ? report.CallsStopped : null,
            TurnsStopped = stopped ? report.TurnsStopped : null,
            ToolsUnresponsive = stopped ? report.ToolsUnresponsive : null,
            CallsAtWork = report.CallsAtWork,
            TurnsAtWork = report.TurnsAtWork,
        };
    }
}

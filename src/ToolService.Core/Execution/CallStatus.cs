namespace ToolService.Core.Execution;

/// <summary>Where a tool call stands.</summary>
public enum CallStatus
{
    /// <summary>Its intent is recorded; it is running, or was when the process ended.</summary>
    Started,

    /// <summary>It ran and gave a result.</summary>
    Succeeded,

    /// <summary>It ran and failed.</summary>
    Failed,

    /// <summary>It took longer than its policy allows and was abandoned.</summary>
    TimedOut,

    /// <summary>The caller, an operator or the service's shutdown stopped it.</summary>
    Cancelled,

    /// <summary>It never ran: unknown, not allowed, invalid, denied, or without a free slot.</summary>
    Rejected,

    /// <summary>It waits for a person's decision.</summary>
    ConfirmationRequired,

    /// <summary>The process ended while it ran, and it may not simply run again.</summary>
    OutcomeUnknown,
}

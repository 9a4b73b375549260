namespace ToolService.Core.Execution;

/// <summary>Why a tool call has no result.</summary>
public enum ToolErrorCode
{
    /// <summary>No tool has that name.</summary>
    UnknownTool,

    /// <summary>The tool exists, and this caller or request may not use it.</summary>
    NotAllowed,

    /// <summary>The arguments are not JSON, break a rule for all arguments, or do not satisfy the tool's schema.</summary>
    InvalidArguments,

    /// <summary>The call id was used before, for another tool or with other arguments.</summary>
    CallIdConflict,

    /// <summary>A person said no.</summary>
    ConfirmationDenied,

    /// <summary>Nobody decided in time.</summary>
    ConfirmationExpired,

    /// <summary>The tool took too long.</summary>
    TimedOut,

    /// <summary>The caller, an operator or the service's shutdown stopped the call.</summary>
    Cancelled,

    /// <summary>The tool cannot run now: too many calls at once, or it failed so often that it is paused.</summary>
    Unavailable,

    /// <summary>The tool failed.</summary>
    ToolFailed,

    /// <summary>The process ended while the call ran: it may or may not have had its effect.</summary>
    OutcomeUnknown,

    /// <summary>The operator has stopped the service: the call did not run, and its id can be used again.</summary>
    Stopped,
}

namespace ToolService.Core.Execution;

/// <summary>What became of a decision.</summary>
public enum DecisionOutcome
{
    /// <summary>It stands; the call ran, or was denied.</summary>
    Decided,

    /// <summary>Somebody else's decision, or the turn's end, came first.</summary>
    AlreadyDecided,

    /// <summary>It came too late.</summary>
    Expired,

    /// <summary>The tool is no longer what the person was asked about, is gone, or is no longer allowed; nothing ran and the confirmation is denied.</summary>
    ToolChanged,

    /// <summary>The edited arguments are not valid; the confirmation still waits.</summary>
    InvalidArguments,

    /// <summary>The idempotency key came with another decision on this confirmation before.</summary>
    KeyReused,

    /// <summary>The operator has stopped the service, so nothing may be approved; the confirmation still waits.</summary>
    Stopped,

    /// <summary>The tool's source cannot be reached now, so nobody knows whether it is the same; the confirmation still waits.</summary>
    Unavailable,
}

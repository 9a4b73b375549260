namespace ToolService.Core.Execution;

/// <summary>Where a confirmation stands.</summary>
public enum ConfirmationStatus
{
    /// <summary>It waits for a decision.</summary>
    Pending,

    /// <summary>A person said yes; the call ran, or is about to.</summary>
    Approved,

    /// <summary>A person said no.</summary>
    Denied,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The turn that asked was cancelled first.</summary>
    Cancelled,
}

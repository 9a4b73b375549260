namespace ToolService.Core.Execution;

/// <summary>What became of a tool call.</summary>
/// <param name="Call">The call as the history keeps it.</param>
/// <param name="Confirmation">What it waits for, when its status is <see cref="CallStatus.ConfirmationRequired"/>.</param>
public sealed record ToolResult(CallRecord Call, Confirmation? Confirmation = null)
{
    /// <summary>Whether the tool ran and gave a result.</summary>
    public bool Success => Call.Status is CallStatus.Succeeded;

    /// <summary>Whether a person must decide before the call goes on.</summary>
    public bool IsPending => Call.Status is CallStatus.ConfirmationRequired;
}

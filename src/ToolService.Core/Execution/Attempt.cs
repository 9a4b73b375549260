namespace ToolService.Core.Execution;

/// <summary>How one start of a tool ended.</summary>
/// <param name="Status">One of succeeded, failed, timed out, cancelled.</param>
/// <param name="Result">The result as JSON text, when it succeeded.</param>
/// <param name="Error">Why not, when it did not.</param>
/// <param name="RetryAfter">How long the other side asked to wait.</param>
/// <param name="IsToolsFault">Whether it speaks against the tool rather than against its arguments or its caller; enough of them pause the tool.</param>
internal readonly record struct Attempt(
    CallStatus Status, string? Result = null, ToolError? Error = null, TimeSpan? RetryAfter = null, bool IsToolsFault = false);

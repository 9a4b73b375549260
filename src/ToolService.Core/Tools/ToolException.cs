namespace ToolService.Core.Tools;

/// <summary>
/// A tool's own failure, with a message that is safe to show to the model and the client. Any other exception is reported as
/// <c>tool_failed</c> with an id, and its text goes to the log only.
/// </summary>
public sealed class ToolException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What went wrong and what would help, written for the model.</param>
    /// <param name="inner">The cause, for the log.</param>
    public ToolException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Whether the same call may succeed later. Default false.</summary>
    public bool Retryable { get; init; }

    /// <summary>How long to wait before the next attempt, where the other side said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

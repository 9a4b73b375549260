namespace ToolService.Core.Models;

/// <summary>A model that could not be reached or answered with an error. The message is safe to show to the client; it holds no key and no address.</summary>
/// <param name="message">What happened and what to check.</param>
/// <param name="inner">The cause, for the log.</param>
public sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The provider's HTTP status, where there was an answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Whether the same request may succeed later: 408, 409, 429, 5xx, a failed connection, a broken stream. Default false.</summary>
    public bool Retryable { get; init; }

    /// <summary>Whether the provider found fault with the request itself, so that another model would hardly take it: 400, 413, 422.</summary>
    public bool IsOfRequest => StatusCode is 400 or 413 or 422;

    /// <summary>Whether nothing was sent: the model keeps failing, or has more to do than it may. Default false.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>
    /// Whether it says that the model is down, rather than that the request is wrong or too much: nothing answered, or not in time, a 408, a
    /// 5xx, an answer that broke off.
    /// </summary>
    public bool IsOutage => !IsUnavailable && (StatusCode is null or 408 or >= 500 || (StatusCode is 200 && Retryable));

    /// <summary>Whether the request was longer than what the model can read at once. Default false.</summary>
    public bool IsContextOverflow { get; init; }

    /// <summary>How many tokens the model can read at once, where the provider said so with an overflow; otherwise null.</summary>
    public long? ContextTokens { get; init; }

    /// <summary>How many tokens the request had, where the provider said so with an overflow; otherwise null.</summary>
    public long? RequestTokens { get; init; }

    /// <summary>How long the provider asked to wait, or the model is not available; null where that is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The same failure, where another attempt is not made for a while.</summary>
    internal ModelException ToFinal() => new(Message, this) { StatusCode = StatusCode, RetryAfter = RetryAfter };
}

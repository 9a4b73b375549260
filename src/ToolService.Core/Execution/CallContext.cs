using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>Who makes a call, and on whose behalf.</summary>
/// <param name="Owner">The name of the API key that called, or <c>local</c>.</param>
/// <param name="Origin">The path by which the call arrived.</param>
public sealed record CallContext(string Owner, CallOrigin Origin)
{
    /// <summary>The session that the call belongs to, if any.</summary>
    public string? SessionId { get; init; }

    /// <summary>The turn that the call belongs to, if any.</summary>
    public string? TurnId { get; init; }

    /// <summary>The tools that this request may use, within what the service allows; null for all of those.</summary>
    public ToolPatterns? Tools { get; init; }

    /// <summary>
    /// Whether the call id may have been used before: it came from a client, or the turn was resumed. The history is then asked first.
    /// </summary>
    public bool MayExist { get; init; }

    /// <summary>Hears how far the call's tool is, from any thread; it must not take long. Default: nobody does.</summary>
    public Action<string, ToolProgress>? Progress { get; init; }

    /// <summary>Hears of a question that the call's tool asks, as it is stored, from any thread; it must not take long. Default: nobody does.</summary>
    public Action<Confirmation>? Asked { get; init; }

    /// <summary>Answers what the call's tool asks. Default: it is stored, see <see cref="Elicitations"/>, and a person answers.</summary>
    public Func<CallRecord, Elicitation, CancellationToken, Task<ElicitationAnswer>>? Elicit { get; init; }
}

using ToolService.Core.Conversations.Selection;

namespace ToolService.Core.Conversations;

/// <summary>What a turn remembers from round to round besides its messages and its limits.</summary>
public sealed record TurnProgress
{
    /// <summary>Nothing yet.</summary>
    public static TurnProgress None { get; } = new();

    /// <summary>The configured model that answers in place of the turn's own, which failed; null while that answers itself.</summary>
    public string? FallbackModel { get; init; }

    /// <summary>The calls of the last message that are handed over to the turn's client, when it has ended for that; otherwise null.</summary>
    public IReadOnlyList<TranscriptCall>? HandedOver { get; init; }

    /// <summary>Model requests that were made again after they had failed.</summary>
    public int ModelRetries { get; init; }

    /// <summary>The tools that the model is shown, where there are too many for it; null where it has them all.</summary>
    public ToolSelection? Selection { get; init; }

    /// <summary>Answers that did not satisfy the turn's response schema.</summary>
    public int RejectedAnswers { get; init; }

    /// <summary>The last of them, until there is a better one. The model sees it; it is no part of the session.</summary>
    public RejectedAnswer? Rejected { get; init; }

    /// <summary>From when on the model that was not available may be asked again; null where the turn did not fail for that.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>What the model planned to do before the first round; null without a plan.</summary>
    public string? Plan { get; init; }
}

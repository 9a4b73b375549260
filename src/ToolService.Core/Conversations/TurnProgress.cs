namespace ToolService.Core.Conversations;

/// <summary>What a turn remembers from round to round besides its messages and its limits.</summary>
public sealed record TurnProgress
{
    /// <summary>Nothing yet.</summary>
    public static TurnProgress None { get; } = new();

    /// <summary>The configured model that answers in place of the turn's own, which failed; null while that answers itself.</summary>
    public string? FallbackModel { get; init; }

    /// <summary>Model requests that were made again after they had failed.</summary>
    public int ModelRetries { get; init; }
}

namespace ToolService.Core.Tools.Sources;

/// <summary>A source as it is at the moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ToolCount">How many tools it has in the catalog.</param>
public sealed record SourceStatus(string Name, string Kind, SourceState State, int ToolCount)
{
    /// <summary>What the last failure was; null where the last attempt did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>When its tools were last loaded; null for never.</summary>
    public DateTimeOffset? LoadedAt { get; init; }

    /// <summary>When a failed source is tried again, if somebody asks for its tools; otherwise null.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>What it has that is no tool here.</summary>
    public IReadOnlyList<SkippedTool> Skipped { get; init; } = [];

    /// <summary>The tools that are held back.</summary>
    public IReadOnlyList<HeldTool> Held { get; init; } = [];
}

using ToolService.Core.Tools.Sources;

namespace ToolService.Api.Sources;

/// <summary>A place that tools come from.</summary>
public sealed record SourceView
{
    private const int MostSkipped = 100;

    /// <summary>Its name; tools say it as their <c>source</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, such as <c>mcp</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required SourceState State { get; init; }

    /// <summary>How many of its tools are in the catalog.</summary>
    public required int ToolsCount { get; init; }

    /// <summary>What the last failure was; absent where the last attempt did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>When its tools were last loaded.</summary>
    public DateTimeOffset? LoadedAt { get; init; }

    /// <summary>When a failed source is tried again, if somebody asks for its tools.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>How much of it is no tool here; absent for nothing.</summary>
    public int? SkippedCount { get; init; }

    /// <summary>The first 100 of those.</summary>
    public IReadOnlyList<SkippedTool>? Skipped { get; init; }

    /// <summary>The tools that are held back until somebody approves them; absent for none.</summary>
    public IReadOnlyList<HeldToolView>? Held { get; init; }

    /// <summary>The source as it is on the wire.</summary>
    public static SourceView Of(SourceStatus source) => new()
    {
        Name = source.Name,
        Kind = source.Kind,
        State = source.State,
        ToolsCount = source.ToolCount,
        Error = source.Error,
        LoadedAt = source.LoadedAt,
        NextAttemptAt = source.NextAttemptAt,
        SkippedCount = source.Skipped.Count == 0 ? null : source.Skipped.Count,
        Skipped = source.Skipped.Count == 0 ? null : [.. source.Skipped.Take(MostSkipped)],
        Held = source.Held.Count == 0 ? null : [.. source.Held.Select(HeldToolView.Of)],
    };
}

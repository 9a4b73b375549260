using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>What came of an import.</summary>
/// <param name="Outcome">What became of it. The rest is there only where it was imported.</param>
public sealed record ImportResult(ImportOutcome Outcome)
{
    /// <summary>What the document says.</summary>
    public ImportPlan? Plan { get; init; }

    /// <summary>The operations that are tools, with what is new about them.</summary>
    public IReadOnlyList<ImportedTool> Tools { get; init; } = [];

    /// <summary>The operations that are no tools, and that the filters let pass.</summary>
    public IReadOnlyList<SkippedOperation> Skipped { get; init; } = [];

    /// <summary>How many operations the filters left out.</summary>
    public int FilteredCount { get; init; }

    /// <summary>The tools that the source had before and has no more.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The secrets that the tools need, and whether the operator has defined them.</summary>
    public IReadOnlyList<(string Name, bool IsKnown)> Secrets { get; init; } = [];

    /// <summary>The source after the import; null on a dry run.</summary>
    public SourceStatus? Source { get; init; }
}

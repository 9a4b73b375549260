namespace ToolService.Core.Tools.Sources;

/// <summary>What a source has.</summary>
/// <param name="Tools">Its tools.</param>
public sealed record SourceTools(IReadOnlyList<Tool> Tools)
{
    /// <summary>What it has besides, and why that is no tool here. Default none.</summary>
    public IReadOnlyList<SkippedTool> Skipped { get; init; } = [];
}

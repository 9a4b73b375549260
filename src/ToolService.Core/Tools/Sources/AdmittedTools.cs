namespace ToolService.Core.Tools.Sources;

/// <summary>A source's tools, told apart.</summary>
/// <param name="Tools">Those that may be used.</param>
/// <param name="Skipped">What is no tool here.</param>
/// <param name="Held">Those that are held back.</param>
internal sealed record AdmittedTools(IReadOnlyList<Tool> Tools, IReadOnlyList<SkippedTool> Skipped, IReadOnlyList<HeldTool> Held);

namespace ToolService.Core.Tools.Sources;

/// <summary>Something that a source has and that is no tool here.</summary>
/// <param name="Name">What the source calls it.</param>
/// <param name="Reason">Why, in words that its operator can act on.</param>
public sealed record SkippedTool(string Name, string Reason);

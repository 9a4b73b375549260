namespace ToolService.Core.Tools.Sources;

/// <summary>A tool that is held back, since its definition is not the one that is known.</summary>
/// <param name="Tool">The tool as it would be.</param>
/// <param name="Known">The definition that is known; null where the tool is new and new ones are held back too.</param>
/// <param name="Changes">In what the two differ.</param>
public sealed record HeldTool(Tool Tool, KnownTool? Known, IReadOnlyList<DefinitionChange> Changes);

namespace ToolService.Core.Tools.Sources;

/// <summary>A definition under which a source's tool may be used.</summary>
/// <param name="Source">The source.</param>
/// <param name="Name">The tool.</param>
/// <param name="DefinitionHash">The definition's hash.</param>
/// <param name="Definition">The definition, as JSON text.</param>
/// <param name="ApprovedAt">Since when it may be used.</param>
/// <param name="ApprovedBy">Who approved it; null where it was the first one that the source gave.</param>
public sealed record KnownTool(
    string Source, string Name, string DefinitionHash, string Definition, DateTimeOffset ApprovedAt, string? ApprovedBy);

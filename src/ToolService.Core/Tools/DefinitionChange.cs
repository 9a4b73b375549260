namespace ToolService.Core.Tools;

/// <summary>One place at which a tool's definition is no longer what a person was asked about.</summary>
/// <param name="Pointer">Where, as a JSON pointer into the definition: its name, description, annotations and input schema.</param>
/// <param name="Was">The JSON that was there; null for nothing. What is long is cut and then a JSON string.</param>
/// <param name="Is">The JSON that is there now; null for nothing.</param>
public sealed record DefinitionChange(string Pointer, string? Was, string? Is);

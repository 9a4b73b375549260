namespace ToolService.Core.Schema.Normalization;

/// <summary>One thing in a schema that was read as something else than it says.</summary>
/// <param name="Pointer">JSON pointer to the keyword in the schema as it was written.</param>
/// <param name="Message">One sentence: what was written and what it is taken as.</param>
public sealed record SchemaChange(string Pointer, string Message);

namespace ToolService.Core.Schema;

/// <summary>One violated keyword.</summary>
/// <param name="Pointer">JSON pointer to the offending value in the instance; empty for the whole instance.</param>
/// <param name="Keyword">The keyword that is violated, such as <c>required</c>.</param>
/// <param name="Message">One sentence for a person or a model: what was expected and what was found.</param>
/// <param name="SchemaPointer">JSON pointer to the keyword in the schema.</param>
public sealed record SchemaError(string Pointer, string Keyword, string Message, string SchemaPointer);

namespace ToolService.Core.Schema.Evaluation;

/// <summary>A keyword where it stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pointer">JSON pointer to it in the schema.</param>
internal sealed record Keyword(string Name, string Pointer);

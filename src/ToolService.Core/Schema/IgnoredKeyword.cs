namespace ToolService.Core.Schema;

/// <summary>A keyword that stands in a schema and means nothing in its dialect.</summary>
/// <param name="Pointer">JSON pointer to it in the schema; in another document <c>uri#/pointer</c>.</param>
/// <param name="Name">Its name.</param>
public sealed record IgnoredKeyword(string Pointer, string Name);

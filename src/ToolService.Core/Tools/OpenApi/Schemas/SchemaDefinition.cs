namespace ToolService.Core.Tools.OpenApi.Schemas;

/// <summary>A schema that others refer to, as tools have it.</summary>
/// <param name="Name">Its name among <c>$defs</c>.</param>
/// <param name="Json">The schema.</param>
/// <param name="References">The pointers of those that it refers to itself.</param>
internal sealed record SchemaDefinition(string Name, byte[] Json, IReadOnlyList<string> References);

using System.Text.Json;

namespace ToolService.Core.Schema.Compilation;

/// <summary>A schema where it stands.</summary>
/// <param name="Element">The schema.</param>
/// <param name="Pointer">JSON pointer from the root of the document.</param>
/// <param name="Resource">The resource that it belongs to, whose URI is the base of its references.</param>
internal sealed record SchemaPlace(JsonElement Element, string Pointer, SchemaResource Resource);

using System.Text.Json;

namespace ToolService.Core.Schema.Compilation;

/// <summary>A schema where it stands.</summary>
/// <param name="element">The schema.</param>
/// <param name="pointer">JSON pointer from the root of the document; in documents other than the schema itself after <c>uri#</c>.</param>
/// <param name="resource">The resource that it belongs to, whose URI is the base of its references.</param>
/// <param name="keywords">The keywords that mean something in the resource's dialect; none in a boolean schema.</param>
internal sealed class SchemaPlace(
    JsonElement element, string pointer, SchemaResource resource, IReadOnlyDictionary<string, JsonElement> keywords)
{
    public JsonElement Element { get; } = element;

    public string Pointer { get; } = pointer;

    public SchemaResource Resource { get; } = resource;

    public IReadOnlyDictionary<string, JsonElement> Keywords { get; } = keywords;
}

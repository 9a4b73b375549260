using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>The resources by URI and the anchors in them, as <c>$id</c> and the anchor keywords declare them.</summary>
internal sealed class SchemaIdentifiers(SchemaDocuments documents)
{
    /// <summary>The name under which <c>$recursiveAnchor</c> is a dynamic anchor; no other can start with a dollar sign.</summary>
    public const string RecursiveAnchor = "$recursiveAnchor";

    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SchemaPlace>> _dynamicAnchors = new(StringComparer.Ordinal);

    public SchemaResource? FindResource(string uri) => _resources.GetValueOrDefault(uri);

    /// <summary>Every schema with this dynamic anchor, at most one in each resource.</summary>
    public IReadOnlyList<SchemaPlace> FindDynamicAnchors(string name) => _dynamicAnchors.GetValueOrDefault(name) ?? [];

    /// <summary>Makes a resource known under the URI that its document is registered with.</summary>
    public void AddResource(string uri, SchemaResource resource) => _resources.TryAdd(uri, resource);

    /// <summary>The resource that a schema belongs to: a new one where it is the root of a document or has an <c>$id</c>.</summary>
    public SchemaResource Enter(
        JsonElement schema, string pointer, SchemaResource parent, Dictionary<string, JsonElement> keywords, SchemaDialect dialect)
    {
        var isTurnedOff = dialect.RefStandsAlone && keywords.ContainsKey("$ref");
        var hasId = keywords.TryGetValue("$id", out var id) && dialect.Knows("$id") && !isTurnedOff;
        var uri = hasId ? ReadUri(id, JsonPointer.Append(pointer, "$id"), parent, dialect) : null;
        if (uri is not null)
            Claim(uri.AbsoluteUri, schema, pointer, id);
        else if (parent.HasRoot)
            return dialect == parent.Dialect ? parent : throw OtherDialect(pointer, parent, dialect);

        var resource = new SchemaResource(uri ?? parent.Uri, dialect);
        _resources.TryAdd(resource.Uri.AbsoluteUri, resource);
        return resource;
    }

    /// <summary>Makes the anchors of a schema known.</summary>
    public void AddAnchors(SchemaPlace place)
    {
        if (place.Resource.Dialect.IdHoldsAnchor && place.Keywords.TryGetValue("$id", out var id))
            AddIdAnchor(place, JsonText.Decode(id));
        if (place.Keywords.TryGetValue("$anchor", out var anchor))
            AddAnchor(place, "$anchor", ReadName(place, "$anchor", anchor));
        if (place.Keywords.TryGetValue("$dynamicAnchor", out var dynamicAnchor))
        {
            var name = ReadName(place, "$dynamicAnchor", dynamicAnchor);
            AddAnchor(place, "$dynamicAnchor", name);
            AddDynamicAnchor(place, name);
        }

        if (place.Keywords.TryGetValue("$recursiveAnchor", out var recursive))
            AddRecursiveAnchor(place, recursive);
    }

    private static JsonSchemaException OtherDialect(string pointer, SchemaResource parent, SchemaDialect dialect) => new(
        JsonPointer.Append(pointer, "$schema"),
        $"'$schema' names {dialect.Name} inside a schema of {parent.Dialect.Name}; give this part an '$id', or leave '$schema' out.");

    /// <summary>The URI that <c>$id</c> gives; null where it gives only an anchor.</summary>
    private static Uri? ReadUri(JsonElement id, string pointer, SchemaResource parent, SchemaDialect dialect)
    {
        var text = id.ValueKind == JsonValueKind.String ? JsonText.Decode(id) : "";
        var (document, fragment) = SchemaReference.Parse(text);
        if (fragment.Length > 0 && document.Length == 0 && dialect.IdHoldsAnchor)
            return null;
        var isAllowed = document.Length > 0 && (fragment.Length == 0 || dialect.IdHoldsAnchor);
        if (isAllowed && SchemaUri.TryResolve(parent.Uri, document, out var uri))
            return uri;
        throw new JsonSchemaException(pointer, $"'$id' must be a URI without a fragment, got {JsonDisplay.Describe(id)}.");
    }

    private static string ReadName(SchemaPlace place, string keyword, JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.String ? JsonText.Decode(value) : "";
        var isName = name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':');
        return isName ? name : throw MalformedKeyword.In(
            place.Pointer, keyword, "a name of letters, digits, '-', '_', ':' and '.' that starts with a letter or '_'", value);
    }

    private static void AddAnchor(SchemaPlace place, string keyword, string name)
    {
        if (!place.Resource.Anchors.TryAdd(name, place) && place.Resource.Anchors[name] != place)
            throw new JsonSchemaException(
                JsonPointer.Append(place.Pointer, keyword), $"The anchor '{JsonDisplay.Shorten(name)}' stands on two schemas.");
    }

    private static void AddIdAnchor(SchemaPlace place, string id)
    {
        // Generators write the schema's own pointer there, which names nothing new.
        var name = SchemaReference.Parse(id).Fragment;
        if (name.Length > 0 && name[0] != '/')
            AddAnchor(place, "$id", name);
    }

    /// <summary>
    /// Refuses a URI that names two different schemas. The schema itself may replace a registered document; two documents that
    /// disagree would make the meaning depend on which is read first.
    /// </summary>
    private void Claim(string uri, JsonElement schema, string pointer, JsonElement id)
    {
        var isTaken = _resources.TryGetValue(uri, out var other) && !AreSame(other.Root.Element, schema);
        var isRegistered = JsonPointer.IsInOtherDocument(pointer) && documents.TryFind(uri, out var document)
            && !AreSame(document, schema);
        if (isTaken || isRegistered)
            throw new JsonSchemaException(JsonPointer.Append(pointer, "$id"), $"'$id' {JsonDisplay.Show(id)} stands on two schemas.");
    }

    private static bool AreSame(JsonElement left, JsonElement right) =>
        JsonMarshal.GetRawUtf8Value(left).SequenceEqual(JsonMarshal.GetRawUtf8Value(right));

    private void AddDynamicAnchor(SchemaPlace place, string name)
    {
        if (!place.Resource.DynamicAnchors.TryAdd(name, place))
            return;
        if (_dynamicAnchors.TryGetValue(name, out var places))
            places.Add(place);
        else
            _dynamicAnchors[name] = [place];
    }

    private void AddRecursiveAnchor(SchemaPlace place, JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw MalformedKeyword.In(place.Pointer, "$recursiveAnchor", "true or false", value);
        if (place != place.Resource.Root)
            throw new JsonSchemaException(
                JsonPointer.Append(place.Pointer, "$recursiveAnchor"),
                "'$recursiveAnchor' counts only at the root of a schema or beside '$id'; move it there.");
        if (value.ValueKind == JsonValueKind.True)
            AddDynamicAnchor(place, RecursiveAnchor);
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// Walks a document once before anything is compiled: finds every schema in it, the resources and anchors that references may name,
/// and refuses what is too deep, too large or unknown.
/// </summary>
internal sealed class SchemaScanner(SchemaDialect dialect)
{
    /// <summary>Every schema by its pointer, in the order of the document.</summary>
    public Dictionary<string, SchemaPlace> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>Every resource by its URI.</summary>
    public Dictionary<string, SchemaResource> Resources { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether evaluation must remember which resources it has entered.</summary>
    public bool HasDynamicRefs { get; private set; }

    /// <summary>Refuses documents that recursion over them could not survive.</summary>
    public static void CheckDepth(JsonElement document)
    {
        var reader = new Utf8JsonReader(
            JsonMarshal.GetRawUtf8Value(document),
            new JsonReaderOptions { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        while (reader.Read())
        {
            if (reader.CurrentDepth > SchemaLimits.MaxSchemaDepth)
                throw new JsonSchemaException("", $"The schema nests deeper than {SchemaLimits.MaxSchemaDepth} levels.");
        }
    }

    public void Scan(JsonElement schema, string pointer, SchemaResource resource)
    {
        if (Places.Count >= SchemaLimits.MaxSubschemas)
            throw new JsonSchemaException(pointer, $"The schema has more than {SchemaLimits.MaxSubschemas} subschemas.");
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Register(new SchemaPlace(schema, pointer, resource));
            return;
        }

        if (schema.ValueKind != JsonValueKind.Object)
            throw new JsonSchemaException(pointer, $"A schema must be an object, true or false, got {JsonDisplay.Describe(schema)}.");

        var keywords = ReadKeywords(schema, pointer);
        if (keywords.TryGetValue("$id", out var id))
            resource = OpenResource(id, pointer, resource);
        var place = new SchemaPlace(schema, pointer, resource);
        Register(place);
        dialect.Check(place, [.. keywords.Keys.Select(name => (name, KeywordCatalog.ShapeOf(name, JsonPointer.Append(pointer, name))))]);
        RegisterAnchors(place, keywords);
        HasDynamicRefs |= keywords.ContainsKey("$dynamicRef");
        foreach (var (name, value) in keywords)
            ScanKeyword(name, value, place);
    }

    private static Dictionary<string, JsonElement> ReadKeywords(JsonElement schema, string pointer)
    {
        var keywords = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in schema.EnumerateObject())
        {
            var name = JsonText.Decode(PropertyName.Raw(property));
            if (!keywords.TryAdd(name, property.Value))
                throw new JsonSchemaException(JsonPointer.Append(pointer, name),
                    $"'{JsonDisplay.Shorten(name)}' stands twice in the same object.");
        }

        return keywords;
    }

    private static JsonSchemaException Malformed(SchemaPlace place, string keyword, string expected, JsonElement value) => new(
        JsonPointer.Append(place.Pointer, keyword), $"'{keyword}' must be {expected}, got {JsonDisplay.Describe(value)}.");

    private void Register(SchemaPlace place)
    {
        Places[place.Pointer] = place;
        if (Resources.TryAdd(place.Resource.Uri.AbsoluteUri, place.Resource))
            place.Resource.SetRoot(place);
    }

    private SchemaResource OpenResource(JsonElement id, string pointer, SchemaResource parent)
    {
        var keywordPointer = JsonPointer.Append(pointer, "$id");
        var text = id.ValueKind == JsonValueKind.String ? JsonText.Decode(id).TrimEnd('#') : "";
        if (text.Length == 0 || text.Contains('#', StringComparison.Ordinal) || !SchemaUri.TryResolve(parent.Uri, text, out var uri))
            throw new JsonSchemaException(keywordPointer, $"'$id' must be a URI without a fragment, got {JsonDisplay.Describe(id)}.");
        if (Resources.ContainsKey(uri.AbsoluteUri))
            throw new JsonSchemaException(keywordPointer, $"'$id' {JsonDisplay.Show(id)} stands on two schemas.");
        return new SchemaResource(uri);
    }

    private static void RegisterAnchors(SchemaPlace place, Dictionary<string, JsonElement> keywords)
    {
        foreach (var keyword in (string[])["$anchor", "$dynamicAnchor"])
        {
            if (!keywords.TryGetValue(keyword, out var value))
                continue;
            var name = value.ValueKind == JsonValueKind.String ? JsonText.Decode(value) : "";
            if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_') || !name.All(c => char.IsAsciiLetterOrDigit(c)
                || c is '_' or '-' or '.'))
                throw Malformed(place, keyword, "a name of letters, digits, '-', '_' and '.' that starts with a letter or '_'", value);
            if (!place.Resource.Anchors.TryAdd(name, place) && place.Resource.Anchors[name] != place)
                throw new JsonSchemaException(JsonPointer.Append(place.Pointer, keyword),
                    $"The anchor '{JsonDisplay.Shorten(name)}' stands on two schemas.");
            if (keyword == "$dynamicAnchor")
                place.Resource.DynamicAnchors.Add(name);
        }
    }

    private void ScanKeyword(string name, JsonElement value, SchemaPlace place)
    {
        var pointer = JsonPointer.Append(place.Pointer, name);
        switch (KeywordCatalog.ShapeOf(name, pointer))
        {
            case KeywordShape.Schema when name == "items" && value.ValueKind == JsonValueKind.Array:
                throw new JsonSchemaException(pointer, "'items' must be one schema; use 'prefixItems' for a list of schemas.");
            case KeywordShape.Schema:
                Scan(value, pointer, place.Resource);
                break;
            case KeywordShape.SchemaList:
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
                    throw Malformed(place, name, "a list of at least one schema", value);
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Scan(item, JsonPointer.Append(pointer, index++), place.Resource);
                break;
            case KeywordShape.SchemaMap:
                if (value.ValueKind != JsonValueKind.Object)
                    throw Malformed(place, name, "an object of schemas", value);
                foreach (var (key, item) in ReadKeywords(value, pointer))
                    Scan(item, JsonPointer.Append(pointer, key), place.Resource);
                break;
        }
    }
}

using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// Walks documents before anything in them is compiled: finds every schema and what its keywords mean, the resources and anchors that
/// references may name, and refuses what is too deep or too large.
/// </summary>
internal sealed class SchemaScanner(SchemaOptions options)
{
    // Every schema keeps its pointer, and every keyword one of its own: without a bound, one long name costs its length a thousand times.
    private const long MaxPointerCharacters = 32_000_000;

    private static readonly Dictionary<string, JsonElement> NoKeywords = [];

    private readonly DialectResolver _dialects = new(options);
    private readonly UnknownKeywords _unknown = new(options.UnknownKeywords);
    private readonly Dictionary<string, SchemaPlace> _places = new(StringComparer.Ordinal);
    private long _pointerCharacters;

    /// <summary>The resources and anchors found so far.</summary>
    public SchemaIdentifiers Identifiers { get; } = new(options.Documents);

    /// <summary>Every schema by its pointer, in the order in which they were found.</summary>
    public IReadOnlyDictionary<string, SchemaPlace> Places => _places;

    public IReadOnlyList<IgnoredKeyword> IgnoredKeywords => _unknown.Ignored;

    /// <summary>Walks a whole document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="pointer">Where it stands: nothing for the schema itself, <c>uri#</c> for others.</param>
    /// <param name="uri">Its URI, which an <c>$id</c> in it replaces.</param>
    public SchemaPlace ScanDocument(JsonElement document, string pointer, Uri uri)
    {
        SchemaDepth.Check(document, pointer);
        return Scan(document, pointer, new SchemaResource(uri, _dialects.Default));
    }

    /// <summary>Walks a schema and everything in it, once.</summary>
    public SchemaPlace Scan(JsonElement schema, string pointer, SchemaResource parent)
    {
        if (_places.TryGetValue(pointer, out var known))
            return known;
        if (_places.Count >= SchemaLimits.MaxSubschemas)
            throw new JsonSchemaException(
                pointer, $"The schema and the documents that it refers to have more than {SchemaLimits.MaxSubschemas} subschemas.");
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return Register(schema, pointer, parent, NoKeywords);
        if (schema.ValueKind != JsonValueKind.Object)
            throw new JsonSchemaException(pointer, $"A schema must be an object, true or false, got {JsonDisplay.Describe(schema)}.");

        var keywords = ReadMembers(schema, pointer);
        var dialect = keywords.TryGetValue("$schema", out var named)
            ? _dialects.Find(named, JsonPointer.Append(pointer, "$schema"))
            : parent.Dialect;
        var resource = Identifiers.Enter(schema, pointer, parent, keywords, dialect);
        var place = Register(schema, pointer, resource, SelectKnown(keywords, pointer, dialect));
        Identifiers.AddAnchors(place);
        foreach (var (name, value) in place.Keywords)
            ScanKeyword(name, value, place);
        return place;
    }

    private static Dictionary<string, JsonElement> ReadMembers(JsonElement schema, string pointer)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in schema.EnumerateObject())
        {
            var name = JsonText.Decode(PropertyName.Raw(property));
            if (!members.TryAdd(name, property.Value))
                throw new JsonSchemaException(
                    JsonPointer.Append(pointer, name), $"'{JsonDisplay.Shorten(name)}' stands twice in the same object.");
        }

        return members;
    }

    private Dictionary<string, JsonElement> SelectKnown(Dictionary<string, JsonElement> keywords, string pointer, SchemaDialect dialect)
    {
        var known = new Dictionary<string, JsonElement>(keywords.Count, StringComparer.Ordinal);
        var hasRef = keywords.ContainsKey("$ref");
        foreach (var (name, value) in keywords)
        {
            Charge(pointer, name);
            if (!dialect.Knows(name))
                _unknown.Meet(name, JsonPointer.Append(pointer, name), dialect);
            else if (hasRef && !dialect.CountsBesideRef(name))
                _unknown.MeetBesideRef(name, JsonPointer.Append(pointer, name), dialect);
            else
                known[name] = value;
        }

        return known;
    }

    private SchemaPlace Register(JsonElement schema, string pointer, SchemaResource resource, Dictionary<string, JsonElement> keywords)
    {
        Charge(pointer, "");
        var place = _places[pointer] = new SchemaPlace(schema, pointer, resource, keywords);
        resource.SetRoot(place);
        return place;
    }

    private void Charge(string pointer, string name)
    {
        _pointerCharacters += pointer.Length + name.Length;
        if (_pointerCharacters > MaxPointerCharacters)
            throw new JsonSchemaException("", "The names that lead to the parts of the schema are too long altogether; shorten them.");
    }

    private void ScanKeyword(string name, JsonElement value, SchemaPlace place)
    {
        var pointer = JsonPointer.Append(place.Pointer, name);
        switch (place.Resource.Dialect.ShapeOf(name))
        {
            case KeywordShape.Schema when name == "items" && value.ValueKind == JsonValueKind.Array:
                throw new JsonSchemaException(pointer, "'items' must be one schema; use 'prefixItems' for a list of schemas.");
            case KeywordShape.SchemaList:
            case KeywordShape.SchemaOrList when value.ValueKind == JsonValueKind.Array:
                ScanList(name, value, place);
                break;
            case KeywordShape.Schema or KeywordShape.UnappliedSchema or KeywordShape.SchemaOrList:
                Scan(value, pointer, place.Resource);
                break;
            case KeywordShape.SchemaMap or KeywordShape.Definitions:
                ScanMap(name, value, place, _ => true);
                break;
            case KeywordShape.Dependencies:
                ScanMap(name, value, place, item => item.ValueKind != JsonValueKind.Array);
                break;
        }
    }

    private void ScanList(string name, JsonElement value, SchemaPlace place)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            throw MalformedKeyword.In(place.Pointer, name, "a list of at least one schema", value);
        var index = 0;
        foreach (var item in value.EnumerateArray())
            Scan(item, JsonPointer.Append(JsonPointer.Append(place.Pointer, name), index++), place.Resource);
    }

    private void ScanMap(string name, JsonElement value, SchemaPlace place, Predicate<JsonElement> isSchema)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw MalformedKeyword.In(place.Pointer, name, "an object of schemas", value);
        var pointer = JsonPointer.Append(place.Pointer, name);
        foreach (var (key, item) in ReadMembers(value, pointer))
        {
            if (isSchema(item))
                Scan(item, JsonPointer.Append(pointer, key), place.Resource);
        }
    }
}

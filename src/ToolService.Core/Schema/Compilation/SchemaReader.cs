using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Reads one schema object: its keywords by name, their values checked, their subschemas as nodes.</summary>
internal sealed class SchemaReader(SchemaCompiler compiler, SchemaPlace place)
{
    public SchemaPlace Place => place;

    public SchemaCompiler Compiler => compiler;

    public SchemaDialect Dialect => place.Resource.Dialect;

    /// <summary>Whether <c>format</c> is enforced here: by option, or because the dialect says so.</summary>
    public bool AssertsFormats => compiler.Options.AssertFormats || Dialect.AssertsFormats;

    public bool Has(string name) => place.Keywords.ContainsKey(name);

    public bool TryGet(string name, out JsonElement value) => place.Keywords.TryGetValue(name, out value);

    /// <summary>Whether the keyword's value is a list, where it may also be something else.</summary>
    public bool HasList(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.Array;

    public Keyword Keyword(string name) => new(name, JsonPointer.Append(place.Pointer, name));

    public JsonSchemaException Malformed(string name, string expected) =>
        MalformedKeyword.In(place.Pointer, name, expected, place.Keywords[name]);

    /// <summary>The schema that is the keyword's value; null where the keyword is absent.</summary>
    public SchemaNode? Schema(string name) => TryGet(name, out _) ? compiler.Node(JsonPointer.Append(place.Pointer, name)) : null;

    /// <summary>The schemas in the keyword's list; empty where the keyword is absent.</summary>
    public SchemaNode[] Schemas(string name)
    {
        if (!TryGet(name, out var list))
            return [];
        var pointer = JsonPointer.Append(place.Pointer, name);
        return [.. Enumerable.Range(0, list.GetArrayLength()).Select(index => compiler.Node(JsonPointer.Append(pointer, index)))];
    }

    /// <summary>The schemas by name; empty where the keyword is absent. Lists of names, as in <c>dependencies</c>, are left out.</summary>
    public List<(string Name, SchemaNode Schema)> NamedSchemas(string name)
    {
        var pointer = JsonPointer.Append(place.Pointer, name);
        return
        [
            .. Members(name).Where(member => member.Value.ValueKind != JsonValueKind.Array)
                .Select(member => (member.Name, compiler.Node(JsonPointer.Append(pointer, member.Name)))),
        ];
    }

    /// <summary>The lists of names by name; empty where the keyword is absent. Schemas in <c>dependencies</c> are left out.</summary>
    public List<(string Name, List<string> Names)> NamedLists(string name) =>
    [
        .. Members(name)
            .Where(member => member.Value.ValueKind == JsonValueKind.Array || Dialect.ShapeOf(name) != KeywordShape.Dependencies)
            .Select(member => (member.Name, Names(name, member.Value))),
    ];

    public string? Text(string name)
    {
        if (!TryGet(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? JsonText.Decode(value) : throw Malformed(name, "a string");
    }

    public JsonElement? Number(string name)
    {
        if (!TryGet(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number ? value : throw Malformed(name, "a number");
    }

    /// <summary>A whole number, zero or more; beyond what fits, the greatest that does.</summary>
    public long? Count(string name)
    {
        if (Number(name) is not { } value)
            return null;
        if (!JsonNumber.HasIntegerValue(value) || JsonNumber.Parse(value).IsNegative)
            throw Malformed(name, "a whole number, zero or more");
        if (value.TryGetInt64(out var count))
            return count;
        return value.TryGetDecimal(out var exact) && exact <= long.MaxValue ? (long)exact : long.MaxValue;
    }

    public bool Flag(string name)
    {
        if (!TryGet(name, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Malformed(name, "true or false");
    }

    /// <summary>A list of different strings; empty where the keyword is absent.</summary>
    public List<string> Names(string name) => TryGet(name, out var value) ? Names(name, value) : [];

    private List<string> Names(string name, JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw Malformed(name, "a list of strings");
        List<string> names = [.. list.EnumerateArray().Select(JsonText.Decode)];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count ? names : throw Malformed(name, "a list without duplicates");
    }

    private IEnumerable<(string Name, JsonElement Value)> Members(string name)
    {
        if (!TryGet(name, out var map))
            return [];
        return map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject().Select(property => (JsonText.Decode(PropertyName.Raw(property)), property.Value))
            : throw Malformed(name, "an object of lists of names");
    }
}

using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Reads one schema object: its keywords by name, their values checked, their subschemas as nodes.</summary>
internal sealed class SchemaReader
{
    private readonly SchemaCompiler _compiler;
    private readonly Dictionary<string, JsonElement> _keywords = new(StringComparer.Ordinal);

    public SchemaReader(SchemaCompiler compiler, SchemaPlace place)
    {
        _compiler = compiler;
        Place = place;
        foreach (var property in place.Element.EnumerateObject())
            _keywords[JsonText.Decode(PropertyName.Raw(property))] = property.Value;
    }

    public SchemaPlace Place { get; }

    public SchemaCompiler Compiler => _compiler;

    public bool Has(string name) => _keywords.ContainsKey(name);

    public bool TryGet(string name, out JsonElement value) => _keywords.TryGetValue(name, out value);

    public Keyword Keyword(string name) => new(name, JsonPointer.Append(Place.Pointer, name));

    public JsonSchemaException Malformed(string name, string expected) => new(
        JsonPointer.Append(Place.Pointer, name), $"'{name}' must be {expected}, got {JsonDisplay.Describe(_keywords[name])}.");

    /// <summary>The schema that is the keyword's value; null where the keyword is absent.</summary>
    public SchemaNode? Schema(string name) => TryGet(name, out _) ? _compiler.Node(JsonPointer.Append(Place.Pointer, name)) : null;

    /// <summary>The schemas in the keyword's list; empty where the keyword is absent.</summary>
    public SchemaNode[] Schemas(string name) => TryGet(name, out var list)
        ? [.. Enumerable.Range(0, list.GetArrayLength()).Select(index =>
        _compiler.Node(JsonPointer.Append(JsonPointer.Append(Place.Pointer, name), index)))]
        : [];

    /// <summary>The schemas by name; empty where the keyword is absent.</summary>
    public List<(string Name, SchemaNode Schema)> NamedSchemas(string name)
    {
        List<(string, SchemaNode)> schemas = [];
        if (!TryGet(name, out var map))
            return schemas;

        var pointer = JsonPointer.Append(Place.Pointer, name);
        foreach (var property in map.EnumerateObject())
        {
            var key = JsonText.Decode(PropertyName.Raw(property));
            schemas.Add((key, _compiler.Node(JsonPointer.Append(pointer, key))));
        }

        return schemas;
    }

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
        return JsonNumber.TryGetDecimal(value, out var exact) && exact <= long.MaxValue ? (long)exact : long.MaxValue;
    }

    public bool Flag(string name)
    {
        if (!TryGet(name, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Malformed(name, "true or false");
    }

    /// <summary>A list of different strings; empty where the keyword is absent.</summary>
    public List<string> Names(string name) => TryGet(name, out var value) ? Names(name, value) : [];

    /// <summary>A list of different strings that stands somewhere in the keyword's value.</summary>
    public List<string> Names(string name, JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw Malformed(name, "a list of strings");
        List<string> names = [.. list.EnumerateArray().Select(JsonText.Decode)];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count ? names : throw Malformed(name, "a list without duplicates");
    }
}

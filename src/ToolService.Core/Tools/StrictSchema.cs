using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Core.Tools;

/// <summary>
/// The form of a schema that OpenAI's strict mode takes: objects closed, every property required, optional ones nullable instead, and only
/// the keywords that it knows. What merely narrows a value is left out where strict mode does not know it, since calls are validated
/// against the original; what changes a value's shape makes the schema not strict.
/// </summary>
internal sealed class StrictSchema
{
    private const int MostDepth = 10;
    private const int MostProperties = 5000;
    private const int MostEnumValues = 1000;
    private const int MostCharacters = 120_000;

    private static readonly HashSet<string> Kept =
    [
        "title", "type", "enum", "const", "minItems", "maxItems",
        "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    ];

    private static readonly HashSet<string> LeftOut =
    [
        "$schema", "$id", "$comment", "default", "examples", "deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType",
        "minLength", "maxLength", "uniqueItems", "contains", "minContains", "maxContains", "minProperties", "maxProperties",
    ];

    private static readonly HashSet<string> Formats =
        ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"];

    private int _properties;
    private int _enumValues;
    private int _characters;

    private StrictSchema()
    {
    }

    /// <summary>The strict form; null where there is none.</summary>
    public static JsonObject? TryCreate(JsonElement schema)
    {
        var converter = new StrictSchema();
        var strict = SchemaFacts.IsOf(schema, "object") ? converter.Convert(schema, depth: 0) : null;
        return converter.IsWithinLimits ? strict : null;
    }

    private bool IsWithinLimits => _properties <= MostProperties && _enumValues <= MostEnumValues && _characters <= MostCharacters;

    private JsonObject? Convert(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MostDepth)
            return null;
        if (schema.TryGetProperty("$ref", out var reference))
            return ConvertReference(schema, reference);
        if (!SchemaFacts.HasShape(schema))
            return null;

        var strict = new JsonObject();
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!TryConvert(keyword, schema, strict, depth))
                return null;
        }

        Complete(schema, strict);
        return strict;
    }

    private static void Complete(JsonElement schema, JsonObject strict)
    {
        if (!strict.ContainsKey("type") && SchemaFacts.InferType(schema) is { } type)
            strict.Insert(0, "type", type);
        if (!strict.ContainsKey("description") && Describe(schema, null) is { } description)
            strict["description"] = description;
        if (SchemaFacts.IsOf(schema, "object") && strict.TryAdd("properties", new JsonObject()))
            strict["required"] = new JsonArray();
    }

    private bool TryConvert(JsonProperty keyword, JsonElement schema, JsonObject strict, int depth)
    {
        var (name, value) = (keyword.Name, keyword.Value);
        switch (name)
        {
            case "properties":
                return TryConvertProperties(schema, value, strict, depth);
            case "required":
                return value.EnumerateArray().All(required => SchemaFacts.Declares(schema, required));
            case "additionalProperties":
                strict[name] = false;
                return value.ValueKind == JsonValueKind.False;
            case "$defs":
                return depth == 0 && Keep(strict, name, ConvertMembers(value, depth));
            case "items":
                return Keep(strict, name, Convert(value, depth + 1));
            case "anyOf" or "oneOf":
                return depth > 0 && !strict.ContainsKey("anyOf") && Keep(strict, "anyOf", ConvertAll(value, depth));
            case "description":
                return Keep(strict, name, Describe(schema, value.GetString()));
            case "pattern":
                // Lookarounds and other groups with a question mark are refused.
                return value.GetString()!.Contains("(?", StringComparison.Ordinal) || Keep(strict, name, JsonValue.Create(value));
            case "format":
                return !Formats.Contains(value.GetString()!) || Keep(strict, name, JsonValue.Create(value));
            default:
                Count(name, value);
                return Kept.Contains(name) ? Keep(strict, name, JsonNode.Parse(value.GetRawText())) : LeftOut.Contains(name);
        }
    }

    private static bool Keep(JsonObject strict, string keyword, JsonNode? value)
    {
        strict[keyword] = value;
        return value is not null || keyword == "const";
    }

    private static JsonObject? ConvertReference(JsonElement schema, JsonElement reference)
    {
        var target = reference.GetString()!;
        const string Definitions = "#/$defs/";
        var isDefinition = target.StartsWith(Definitions, StringComparison.Ordinal) && target.LastIndexOf('/') < Definitions.Length;
        // A reference stands alone in strict mode: words beside it are left out, rules beside it cannot be.
        var standsAlone = schema.EnumerateObject().All(
            keyword => keyword.Name is "$ref" or "description" or "title" or "default" or "examples" or "deprecated" or "$comment");
        return (isDefinition || target == "#") && standsAlone ? new JsonObject { ["$ref"] = target } : null;
    }

    private bool TryConvertProperties(JsonElement schema, JsonElement properties, JsonObject strict, int depth)
    {
        if (ConvertMembers(properties, depth) is not { } members)
            return false;

        var required = SchemaFacts.RequiredNames(schema);
        foreach (var (name, property) in members.ToArray())
        {
            if (!required.Contains(name))
                members[name] = NullableSchema.Of(property!.AsObject());
        }

        _properties += members.Count;
        strict["properties"] = members;
        strict["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member.Key))]);
        strict["additionalProperties"] = false;
        return true;
    }

    private JsonObject? ConvertMembers(JsonElement members, int depth)
    {
        var converted = new JsonObject();
        foreach (var member in members.EnumerateObject())
        {
            _characters += member.Name.Length;
            if (Convert(member.Value, depth + 1) is not { } strict)
                return null;
            converted[member.Name] = strict;
        }

        return converted;
    }

    private JsonArray? ConvertAll(JsonElement branches, int depth)
    {
        var converted = new JsonArray();
        foreach (var branch in branches.EnumerateArray())
        {
            if (Convert(branch, depth + 1) is not { } strict)
                return null;
            converted.Add(strict);
        }

        return converted;
    }

    private void Count(string keyword, JsonElement value)
    {
        if (keyword is not ("enum" or "const"))
            return;

        _enumValues += keyword == "enum" ? value.GetArrayLength() : 1;
        _characters += value.GetRawText().Length;
    }

    // The default cannot be given as a keyword, and the model must know what its null will mean.
    private static string? Describe(JsonElement schema, string? description) =>
        schema.TryGetProperty("default", out var value) && value.ValueKind != JsonValueKind.Null
            ? $"{description} Default: {value.GetRawText()}.".TrimStart()
            : description;
}

using System.Text.Json;

namespace ToolService.Core.Tools;

/// <summary>What a schema says of its values' shape, read from its keywords.</summary>
internal static class SchemaFacts
{
    private const int MostReferences = 8;
    private static readonly JsonElement Anything = JsonElement.Parse("true");

    /// <summary>Whether the schema's <c>type</c> is, or lists, this type.</summary>
    public static bool IsOf(JsonElement schema, string type) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var declared)
        && (declared.ValueKind == JsonValueKind.Array
            ? declared.EnumerateArray().Any(item => item.ValueEquals(type))
            : declared.ValueEquals(type));

    /// <summary>Whether the schema says what its values look like: free-form values, objects and arrays have no strict form.</summary>
    public static bool HasShape(JsonElement schema) =>
        (HasAny(schema, "type", "anyOf", "oneOf") || InferType(schema) is not null)
        && (!IsOf(schema, "object") || HasAny(schema, "properties", "additionalProperties"))
        && (!IsOf(schema, "array") || HasAny(schema, "items"));

    /// <summary>The properties that an object must have.</summary>
    public static HashSet<string> RequiredNames(JsonElement schema) =>
        schema.TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [];

    /// <summary>Whether the schema has a property of this name.</summary>
    public static bool Declares(JsonElement schema, JsonElement name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name.GetString()!, out _);

    /// <summary>The one type of the values that the schema lists; null where it lists none, or of several types.</summary>
    public static string? InferType(JsonElement schema)
    {
        JsonElement[] values = schema.TryGetProperty("const", out var constant) ? [constant]
            : schema.TryGetProperty("enum", out var list) ? [.. list.EnumerateArray()]
            : [];
        return values.Select(TypeOf).Distinct().ToArray() is [var type] ? type : null;
    }

    /// <summary>The JSON Schema type of a value.</summary>
    public static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => "null",
    };

    /// <summary>The definition that a schema refers to, or the schema itself; <c>true</c> where the reference leads nowhere.</summary>
    public static JsonElement Resolve(JsonElement schema, JsonElement root)
    {
        for (var i = 0; i < MostReferences; i++)
        {
            if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$ref", out var reference))
                return schema;

            var target = reference.GetString()!;
            if (target == "#")
                schema = root;
            else if (!target.StartsWith("#/$defs/", StringComparison.Ordinal)
                || !root.TryGetProperty("$defs", out var definitions)
                || !definitions.TryGetProperty(target["#/$defs/".Length..], out schema))
                return Anything;
        }

        return Anything;
    }

    private static bool HasAny(JsonElement schema, params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (schema.TryGetProperty(keyword, out _))
                return true;
        }

        return false;
    }
}

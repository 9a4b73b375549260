using System.Text.Json;

namespace ToolService.Core.Models.Wire;

/// <summary>
/// Tells whether OpenAI's strict mode takes a schema as it is. A schema for which this is not certain is sent as not strict, which every schema
/// may be; calls are checked against it either way.
/// </summary>
internal static class StrictForm
{
    // Less than what the mode takes: whoever comes near is better off without it.
    private const int MostDepth = 5;
    private const int MostParts = 500;
    private const int MostCharacters = 100_000;

    /// <summary>Whether it is an object's schema that strict mode takes.</summary>
    public static bool IsObject(JsonElement schema)
    {
        var left = MostParts;
        return schema.Text("type") is "object" && schema.GetRawText().Length <= MostCharacters && Takes(schema, depth: 0, ref left);
    }

    private static bool Takes(JsonElement schema, int depth, ref int left)
    {
        if (schema.ValueKind is not JsonValueKind.Object || depth > MostDepth || --left < 0)
            return false;

        var hasShape = false;
        foreach (var keyword in schema.EnumerateObject())
        {
            hasShape |= keyword.Name is "type" or "anyOf";
            if (!Takes(schema, keyword, depth, ref left))
                return false;
        }

        return hasShape;
    }

    private static bool Takes(JsonElement schema, JsonProperty keyword, int depth, ref int left)
    {
        switch (keyword.Name)
        {
            case "title" or "description":
                return true;
            case "enum" when keyword.Value.ValueKind is JsonValueKind.Array:
                left -= keyword.Value.GetArrayLength();
                return left >= 0;
            case "type":
                return (!Is(schema, "object") || IsClosedObject(schema)) && (!Is(schema, "array") || schema.TryGetProperty("items", out _));
            case "required" or "additionalProperties":
                return IsClosedObject(schema);
            case "items":
                return Takes(keyword.Value, depth + 1, ref left);
            case "properties" when keyword.Value.ValueKind is JsonValueKind.Object:
                foreach (var property in keyword.Value.EnumerateObject())
                    if (!Takes(property.Value, depth + 1, ref left))
                        return false;
                return true;
            case "anyOf" when depth > 0 && keyword.Value.ValueKind is JsonValueKind.Array:
                foreach (var branch in keyword.Value.EnumerateArray())
                    if (!Takes(branch, depth + 1, ref left))
                        return false;
                return true;
            default:
                return false;
        }
    }

    // Nothing may be added, and nothing may be left out.
    private static bool IsClosedObject(JsonElement schema)
    {
        if (!Is(schema, "object") || schema.Member("additionalProperties").ValueKind is not JsonValueKind.False
            || schema.Member("properties") is not { ValueKind: JsonValueKind.Object } properties
            || schema.Member("required").ValueKind is not JsonValueKind.Array)
            return false;

        var required = schema.Items("required").Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal);
        return properties.EnumerateObject().All(property => required.Remove(property.Name)) && required.Count == 0;
    }

    private static bool Is(JsonElement schema, string type) => schema.Member("type") switch
    {
        { ValueKind: JsonValueKind.String } one => one.ValueEquals(type),
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Any(one => one.ValueEquals(type)),
        _ => false,
    };
}

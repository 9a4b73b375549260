using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Core.Tools;

/// <summary>A schema's top-level properties as a plain list, for people and for clients that do not read schemas.</summary>
internal static class ParameterList
{
    public static JsonArray Of(JsonElement schema)
    {
        var list = new JsonArray();
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
            return list;

        var required = SchemaFacts.RequiredNames(schema);
        foreach (var property in properties.EnumerateObject())
        {
            list.Add(new JsonObject
            {
                ["name"] = property.Name,
                ["type"] = TypeOf(property.Value, schema),
                ["description"] = Text(property.Value, "description") ?? "",
                ["required"] = required.Contains(property.Name),
            });
        }

        return list;
    }

    private static string TypeOf(JsonElement schema, JsonElement root)
    {
        schema = SchemaFacts.Resolve(schema, root);
        if (schema.ValueKind != JsonValueKind.Object)
            return "any";
        if (schema.TryGetProperty("type", out var type))
            return type.ValueKind == JsonValueKind.Array ? Join(type.EnumerateArray().Select(one => one.GetString()!)) : type.GetString()!;
        if (schema.TryGetProperty("enum", out var values))
            return Join(values.EnumerateArray().Select(SchemaFacts.TypeOf));
        if (schema.TryGetProperty("const", out var value))
            return SchemaFacts.TypeOf(value);
        return schema.TryGetProperty("anyOf", out var branches) || schema.TryGetProperty("oneOf", out branches)
            ? Join(branches.EnumerateArray().Select(branch => TypeOf(branch, root)))
            : "any";
    }

    private static string Join(IEnumerable<string> types) => string.Join('|', types.Distinct());

    private static string? Text(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}

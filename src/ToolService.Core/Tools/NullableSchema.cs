using System.Text.Json.Nodes;

namespace ToolService.Core.Tools;

/// <summary>Makes a schema also take null.</summary>
internal static class NullableSchema
{
    public static JsonObject Of(JsonObject schema)
    {
        if (schema.ContainsKey("$ref") || schema.ContainsKey("const"))
            return new JsonObject { ["anyOf"] = new JsonArray(schema.DeepClone(), Null()) };

        if (schema["anyOf"] is JsonArray branches && !branches.Any(branch => AllowsNull(branch?["type"])))
            branches.Add(Null());
        if (schema["type"] is { } type && !AllowsNull(type))
            schema["type"] = new JsonArray([.. TypesOf(type), "null"]);
        if (schema["enum"] is JsonArray values && !values.Contains(null))
            values.Add(null);
        return schema;
    }

    private static JsonObject Null() => new() { ["type"] = "null" };

    private static bool AllowsNull(JsonNode? type) => type is not null && TypesOf(type).Any(item => (string?)item == "null");

    private static JsonNode?[] TypesOf(JsonNode type) =>
        type is JsonArray types ? [.. types.Select(item => item?.DeepClone())] : [type.DeepClone()];
}

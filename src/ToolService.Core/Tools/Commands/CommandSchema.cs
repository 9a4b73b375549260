using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Core.Tools.Commands;

/// <summary>The schema of a command as a tool.</summary>
internal static class CommandSchema
{
    public static readonly string[] Types = ["string", "integer", "number", "boolean", "string[]", "integer[]", "number[]", "boolean[]"];

    /// <exception cref="JsonException">The schema is no JSON.</exception>
    public static JsonElement Of(CommandToolOptions options) =>
        options.Schema is { } schema ? JsonElement.Parse(schema) : JsonSerializer.SerializeToElement(Of(options.Parameters), ToolJson.Options);

    private static JsonObject Of(Dictionary<string, CommandParameterOptions> parameters) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(parameters.Select(parameter => KeyValuePair.Create(parameter.Key, (JsonNode?)Property(parameter.Value)))),
        ["required"] = new JsonArray([.. parameters.Where(parameter => parameter.Value.Required).Select(parameter => (JsonNode)parameter.Key)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Property(CommandParameterOptions parameter)
    {
        var isList = parameter.Type.EndsWith("[]", StringComparison.Ordinal);
        var item = new JsonObject { ["type"] = isList ? parameter.Type[..^2] : parameter.Type };
        if (parameter.Pattern is { } pattern)
            item["pattern"] = $"^(?:{pattern})$";
        if (parameter.Enum.Count > 0)
            item["enum"] = new JsonArray([.. parameter.Enum.Select(value => (JsonNode)value)]);
        var schema = isList ? new JsonObject { ["type"] = "array", ["items"] = item } : item;
        if (parameter.Description.Length > 0)
            schema["description"] = parameter.Description;
        return schema;
    }
}

using System.Text.Json;

namespace ToolService.Core.Tests.Models.TextCalls;

/// <summary>The schema of a tool of which only the arguments of a call are known.</summary>
internal static class ExpectedSchema
{
    public static JsonElement Of(JsonElement call) => JsonSerializer.SerializeToElement(new
    {
        type = "object",
        properties = Values(call).ToDictionary(value => value.Name, value => new { type = TypeOf(value.Value) }),
    });

    private static IEnumerable<(string Name, JsonElement Value)> Values(JsonElement call)
    {
        if (call.ValueKind is not JsonValueKind.Object)
            yield break;
        foreach (var key in (string[])["arguments", "arguments_contains"])
            if (call.TryGetProperty(key, out var values))
                foreach (var value in values.EnumerateObject())
                    yield return (value.Name, value.Value);
        if (call.TryGetProperty("argument_paths", out var paths))
            foreach (var path in paths.EnumerateArray().GroupBy(path => path.GetProperty("path")[0].GetString()!))
                yield return (path.Key, path.First().GetProperty("path").GetArrayLength() == 1
                    ? path.First().GetProperty("value")
                    : JsonElement.Parse("{}"));
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.Array => "array",
        _ => "object",
    };
}

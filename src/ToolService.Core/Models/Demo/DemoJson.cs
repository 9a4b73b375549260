using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ToolService.Core.Models.Demo;

/// <summary>Arguments as JSON: found in a message, or put under the names that a tool's schema uses.</summary>
internal static class DemoJson
{
    /// <summary>The JSON object that follows a word; null where there is none.</summary>
    public static JsonObject? After(string message, string word)
    {
        var start = message.IndexOf('{', message.IndexOf(word, StringComparison.OrdinalIgnoreCase) + word.Length);
        if (start < 0)
            return null;

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(message[start..]), isFinalBlock: true, state: default);
            return JsonElement.ParseValue(ref reader) is var element ? JsonObject.Create(element) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Gives values the schema's names: their own where the schema has it, else the name at the same place.</summary>
    public static JsonObject Fit(JsonElement schema, IReadOnlyList<(string Name, JsonNode Value)> values)
    {
        List<string> names = schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
            && properties.ValueKind is JsonValueKind.Object ? [.. properties.EnumerateObject().Select(property => property.Name)] : [];
        var arguments = new JsonObject();
        for (var i = 0; i < values.Count; i++)
            arguments[names.Contains(values[i].Name) || i >= names.Count ? values[i].Name : names[i]] = values[i].Value;
        return arguments;
    }
}

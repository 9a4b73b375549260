using System.Text;
using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection.Text;

/// <summary>The words of a tool's definition, apart by how much they tell of what it is for.</summary>
/// <param name="Name">Its name, and the tags that clients filter by.</param>
/// <param name="Description">Its description.</param>
/// <param name="Parameters">The names of its parameters, nested ones included.</param>
/// <param name="Details">Their descriptions, and the values that they may have.</param>
internal sealed record ToolText(string Name, string Description, string Parameters, string Details)
{
    // Definitions come from servers that nobody has read.
    private const int MaxCharacters = 20_000;
    private const int MaxDepth = 8;

    /// <summary>The text of a tool; of an endless definition the beginning.</summary>
    public static ToolText Of(Tool tool)
    {
        var (names, details) = (new StringBuilder(), new StringBuilder());
        Read(tool.InputSchema, names, details, 0);
        return new ToolText(
            tool.Tags.Count == 0 ? tool.Name : $"{tool.Name} {string.Join(' ', tool.Tags)}",
            tool.Description.Length > MaxCharacters ? tool.Description[..MaxCharacters] : tool.Description,
            names.ToString(),
            details.ToString());
    }

    private static void Read(JsonElement schema, StringBuilder names, StringBuilder details, int depth)
    {
        if (schema.ValueKind is not JsonValueKind.Object || depth > MaxDepth || names.Length + details.Length > MaxCharacters)
            return;

        if (depth > 0 && schema.TryGetProperty("description", out var description))
            Append(details, description);
        if (schema.TryGetProperty("enum", out var values) && values.ValueKind is JsonValueKind.Array)
        {
            foreach (var value in values.EnumerateArray())
                Append(details, value);
        }

        if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                Append(names, property.Name);
                Read(property.Value, names, details, depth + 1);
            }
        }

        if (schema.TryGetProperty("items", out var items))
            Read(items, names, details, depth + 1);
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String)
            Append(text, value.GetString()!);
    }

    private static void Append(StringBuilder text, string value)
    {
        if (text.Length + value.Length <= MaxCharacters)
            text.Append(value).Append('\n');
    }
}

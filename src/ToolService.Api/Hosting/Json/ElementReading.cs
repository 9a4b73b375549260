using System.Text.Json;

namespace ToolService.Api.Hosting.Json;

/// <summary>Reads values whose form is not known, without throwing.</summary>
internal static class ElementReading
{
    /// <summary>A member; null where there is none, or the value is no object.</summary>
    public static JsonElement? Member(this JsonElement? element, string name) => element?.Member(name);

    /// <summary>The same.</summary>
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A string; null for any other value, and for one with half a surrogate pair, which is no text.</summary>
    public static string? Text(this JsonElement? element) => element?.Text();

    /// <summary>The same.</summary>
    public static string? Text(this JsonElement element)
    {
        try
        {
            return element.ValueKind is JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether every string in a value is text, so that it can be written down again.</summary>
    public static bool IsText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.Text() is not null,
        JsonValueKind.Array => value.EnumerateArray().All(IsText),
        JsonValueKind.Object => value.EnumerateObject().All(member => member.Value.IsText()),
        _ => true,
    };
}

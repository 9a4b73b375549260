using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>Words for values in messages, shortened to <see cref="SchemaLimits.MaxShownCharacters"/>.</summary>
internal static class JsonDisplay
{
    /// <summary>The value with its kind: <c>the string "five"</c>.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"the object {Show(value)}",
        JsonValueKind.Array => $"the array {Show(value)}",
        JsonValueKind.String => $"the string {Show(value)}",
        JsonValueKind.Number => $"the number {Show(value)}",
        _ => Show(value),
    };

    /// <summary>The value as it is written, on one line.</summary>
    public static string Show(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
            return "nothing";

        // A character has at most four bytes, so this prefix always holds enough of them; the raw text of a huge value is never
        // decoded whole.
        var raw = JsonMarshal.GetRawUtf8Value(value);
        return Shorten(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 4 * (SchemaLimits.MaxShownCharacters + 2))]));
    }

    /// <summary>The text on one line, cut with an ellipsis where it is too long, never inside a surrogate pair.</summary>
    public static string Shorten(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        if (line.Length <= SchemaLimits.MaxShownCharacters)
            return line;

        var length = SchemaLimits.MaxShownCharacters - 1;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>A count with its noun: <c>1 item</c>, <c>2 items</c>.</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}

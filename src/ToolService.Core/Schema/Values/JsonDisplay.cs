using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>Words for values in messages, shortened to <see cref="SchemaLimits.MaxShownCharacters"/>.</summary>
internal static class JsonDisplay
{
    /// <summary>The value with its kind: <c>the string "five"</c>.</summary>
    public static string Describe(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "nothing" : Describe(JsonMarshal.GetRawUtf8Value(value));

    /// <inheritdoc cref="Describe(JsonElement)"/>
    public static string Describe(ReadOnlySpan<byte> raw) => raw[0] switch
    {
        (byte)'{' => $"the object {Show(raw)}",
        (byte)'[' => $"the array {Show(raw)}",
        (byte)'"' => $"the string {Show(raw)}",
        (byte)'t' or (byte)'f' or (byte)'n' => Show(raw),
        _ => $"the number {Show(raw)}",
    };

    /// <summary>The value as it is written, on one line.</summary>
    public static string Show(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "nothing" : Show(JsonMarshal.GetRawUtf8Value(value));

    /// <inheritdoc cref="Show(JsonElement)"/>
    public static string Show(ReadOnlySpan<byte> raw) =>
        // A character has at most four bytes, so this prefix always holds enough of them; a huge value is never decoded whole.
        Shorten(Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, 4 * (SchemaLimits.MaxShownCharacters + 2))]));

    /// <inheritdoc cref="OneLine"/>
    public static string Shorten(string text) => OneLine(text, SchemaLimits.MaxShownCharacters);

    /// <summary>The text on one line, cut with an ellipsis where it is too long, never inside a surrogate pair.</summary>
    public static string OneLine(string text, int maxCharacters) =>
        string.Concat(Cut(text, maxCharacters).Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>The text, cut with an ellipsis where it is too long, never inside a surrogate pair.</summary>
    public static string Cut(string text, int maxCharacters)
    {
        if (text.Length <= maxCharacters)
            return text;

        var length = maxCharacters - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[length - 1]) ? length - 1 : length), "…");
    }

    /// <summary>A count with its noun: <c>1 item</c>, <c>2 items</c>.</summary>
    public static string Count(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}

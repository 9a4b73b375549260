using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ToolService.Core.Tests.Execution.Repair;

/// <summary>Writes JSON as models get it wrong.</summary>
internal static partial class NearlyJsonText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value in a style, without up to some closing brackets at its end.</summary>
    public static string Write(JsonElement value, NearlyJson style, int open = 0)
    {
        var text = Write(value, style);
        for (; open > 0 && text.Length > 0 && text[^1] is '}' or ']'; open--)
            text = text[..^1];
        return style.HasFlag(NearlyJson.Fence) ? $"```json\n{text}\n```" : text;
    }

    private static string Write(JsonElement value, NearlyJson style) => value.ValueKind switch
    {
        JsonValueKind.Object => Brackets('{', value.EnumerateObject().Select(member => $"{Name(member.Name, style)}: {Write(member.Value, style)}"), '}', style),
        JsonValueKind.Array => Brackets('[', value.EnumerateArray().Select(item => Write(item, style)), ']', style),
        JsonValueKind.String => Text(value.GetString()!, style),
        JsonValueKind.True when style.HasFlag(NearlyJson.PythonLiterals) => "True",
        JsonValueKind.False when style.HasFlag(NearlyJson.PythonLiterals) => "False",
        JsonValueKind.Null when style.HasFlag(NearlyJson.PythonLiterals) => "None",
        _ => value.GetRawText(),
    };

    private static string Brackets(char start, IEnumerable<string> items, char end, NearlyJson style)
    {
        var list = string.Join(", ", items);
        return $"{start}{list}{(list.Length > 0 && style.HasFlag(NearlyJson.TrailingCommas) ? "," : "")}{end}";
    }

    private static string Name(string name, NearlyJson style) =>
        style.HasFlag(NearlyJson.BareNames) && Identifier().IsMatch(name) && name is not ("true" or "false" or "null") ? name : Text(name, style);

    private static string Text(string text, NearlyJson style)
    {
        var json = JsonSerializer.Serialize(text, Readable);
        return style.HasFlag(NearlyJson.SingleQuotes)
            ? $"'{json[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"
            : json;
    }

    [GeneratedRegex("^[A-Za-z_$][A-Za-z0-9_$]*\\z")]
    private static partial Regex Identifier();
}

using System.Globalization;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Compilation;

/// <summary>JSON pointers, RFC 6901.</summary>
internal static class JsonPointer
{
    public static string Append(string pointer, string token) =>
        $"{pointer}/{token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Append(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");

    /// <summary>Whether a pointer of the form <c>uri#/pointer</c> leads out of the schema itself.</summary>
    public static bool IsInOtherDocument(string pointer) => pointer.Length > 0 && pointer[0] != '/';

    /// <summary>The name that a token stands for.</summary>
    public static string Unescape(string token) =>
        token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>The value that the token of a pointer leads to; null where it leads nowhere.</summary>
    public static JsonElement? Step(JsonElement value, string token)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var isIndex = int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < value.GetArrayLength()
                && (token.Length == 1 || token[0] != '0');
            return isIndex ? value[index] : null;
        }

        if (value.ValueKind != JsonValueKind.Object)
            return null;

        var name = Unescape(token);
        foreach (var property in value.EnumerateObject())
        {
            if (JsonText.Decode(PropertyName.Raw(property)) == name)
                return property.Value;
        }

        return null;
    }
}

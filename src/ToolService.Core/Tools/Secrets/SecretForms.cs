using System.Text;
using System.Text.Encodings.Web;

namespace ToolService.Core.Tools.Secrets;

/// <summary>The forms in which a value may come back from a server that repeats its request.</summary>
internal static class SecretForms
{
    /// <summary>The value as it is, percent-encoded, escaped for JSON and HTML, and as part of base64.</summary>
    public static IEnumerable<string> Of(string value)
    {
        var percent = Uri.EscapeDataString(value);
        IEnumerable<string> forms =
        [
            value,
            percent,
            percent.Replace("%20", "+", StringComparison.Ordinal),
            LowerCaseEscapes(percent),
            JavaScriptEncoder.Default.Encode(value),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
            HtmlEncoder.Default.Encode(value),
            .. Base64(Encoding.UTF8.GetBytes(value)),
        ];
        return forms.Distinct(StringComparer.Ordinal);
    }

    /// <summary>What of base64 depends on the value alone, for each of the three places where it may begin among other bytes.</summary>
    private static IEnumerable<string> Base64(byte[] value)
    {
        for (var before = 0; before < 3; before++)
        {
            var padded = new byte[before + value.Length];
            value.CopyTo(padded, before);
            var text = Convert.ToBase64String(padded).TrimEnd('=');
            // Letters that hold bits of what stands before or after are left alone.
            var first = (before * 8 + 5) / 6;
            var last = padded.Length * 8 / 6;
            var sure = text[first..last];
            yield return sure;
            yield return sure.Replace('+', '-').Replace('/', '_');
        }
    }

    private static string LowerCaseEscapes(string percent)
    {
        var text = new StringBuilder(percent);
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] != '%')
                continue;
            text[i + 1] = char.ToLowerInvariant(text[i + 1]);
            text[i + 2] = char.ToLowerInvariant(text[i + 2]);
        }

        return text.ToString();
    }
}

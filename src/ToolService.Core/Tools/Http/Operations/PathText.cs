using System.Text;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Keeps what an argument puts into a path within its segment.</summary>
internal static class PathText
{
    // Servers behind servers each decode once; more often than this nobody does.
    private const int MostDecodings = 4;
    private const string Literal = "!$&'()*+,;=:@-._~";

    /// <summary>The text, percent-encoded.</summary>
    /// <exception cref="ToolException">
    /// It has a control character, or <c>.</c> or <c>..</c> as a segment: servers resolve these before or after they decode, however they
    /// are encoded.
    /// </exception>
    public static string Encode(string argument, string text)
    {
        if (text.Any(char.IsControl))
            throw new ToolException($"Argument '{argument}' has a control character or a line break in it, which a path cannot have.");

        var decoded = text;
        for (var i = 0; i <= MostDecodings; i++)
        {
            if (decoded.Split('/', '\\').Any(IsDots) || decoded.Any(char.IsControl))
                throw new ToolException($"Argument '{argument}' would lead elsewhere: '.' and '..' cannot be parts of a path.");
            if (Uri.UnescapeDataString(decoded) is var next && next == decoded)
                break;

            decoded = next;
        }

        return Uri.EscapeDataString(text);
    }

    /// <summary>Whether a segment, as it is sent, names the same or the upper folder.</summary>
    public static bool IsDots(string segment) => segment is "." or "..";

    /// <summary>What a definition has in its path: what is encoded stays so, and what must be is.</summary>
    public static string EncodeLiteral(string text)
    {
        var encoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var isEscape = text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]);
            var length = isEscape ? 3 : char.IsSurrogatePair(text, i) ? 2 : 1;
            var part = text.Substring(i, length);
            encoded.Append(isEscape || char.IsAsciiLetterOrDigit(part[0]) || Literal.Contains(part[0], StringComparison.Ordinal)
                ? part
                : Uri.EscapeDataString(part));
            i += length;
        }

        return encoded.ToString();
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace ToolService.Core.Tools.Http;

/// <summary>Which answers are text, and in which encoding.</summary>
internal static partial class TextDecoding
{
    private const int MetaSearchLength = 1024;

    /// <summary>Whether a media type is one of text; an answer without one may be.</summary>
    public static bool IsText(string? mediaType) =>
        mediaType is null
        || mediaType.StartsWith("text/", StringComparison.Ordinal)
        || mediaType.EndsWith("+json", StringComparison.Ordinal)
        || mediaType.EndsWith("+xml", StringComparison.Ordinal)
        || mediaType is "application/json" or "application/xml" or "application/javascript" or "application/x-ndjson";

    /// <summary>
    /// Decodes by byte order mark, else the header's charset, else the page's own <c>meta</c>, else UTF-8. Never fails: bad bytes become
    /// U+FFFD.
    /// </summary>
    public static string Decode(byte[] bytes, MediaTypeHeaderValue? contentType)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Charset(bytes, contentType), detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static Encoding Charset(byte[] bytes, MediaTypeHeaderValue? contentType)
    {
        if (contentType?.CharSet is { Length: > 0 } named)
            return Find(named.Trim('"', '\'', ' '));

        var start = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, MetaSearchLength)));
        return MetaCharset().Match(start) is { Success: true } meta ? Find(meta.Groups[1].Value) : Encoding.UTF8;
    }

    // Like browsers, Latin-1 and ASCII are read as Windows-1252, which is what pages labelled so contain.
    private static Encoding Find(string name)
    {
        var known = name.ToUpperInvariant() is "ISO-8859-1" or "LATIN1" or "US-ASCII" or "ASCII" ? "windows-1252" : name;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(known) ?? Encoding.GetEncoding(known);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }

    [GeneratedRegex("""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_:.-]{1,40})""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MetaCharset();
}

using System.Buffers;

namespace ToolService.Core.Tools.Http.Operations;

/// <summary>Which headers a definition may set, and what may stand in one.</summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "TE", "Trailer", "Upgrade", "Expect", "HTTP2-Settings",
        "Accept-Encoding", "traceparent", "tracestate", "baggage",
    };

    /// <summary>What is wrong with a header's name, in a sentence; null where nothing is.</summary>
    public static string? NameFailure(string name)
    {
        if (name.Length is 0 or > 100 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            return "That is no name of a header: letters, digits and '-', at most 100.";
        if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            return "The body's content type says what Content-Type is.";
        if (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            return "Cookies are given as cookies, not as a header.";
        return Own.Contains(name) || name.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)
            ? $"The service itself sets '{name}', or sends none."
            : null;
    }

    /// <summary>Whether a cookie can have this name.</summary>
    public static bool IsCookieName(string name) => name.Length is > 0 and <= 100 && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>What is wrong with a value, in the rest of a sentence; null where nothing is.</summary>
    public static string? ValueFailure(string value)
    {
        if (value.AsSpan().ContainsAnyInRange('\0', '\x1f') || value.Contains('\x7f', StringComparison.Ordinal))
            return "has a line break or control character in it, which a header cannot have";
        return value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "has characters beyond ASCII, which a header cannot have" : null;
    }

    /// <summary>The same for a cookie's value, which ends at a semicolon.</summary>
    public static string? CookieFailure(string value) =>
        value.AsSpan().ContainsAny(";, \"\\") ? "has a separator of cookies in it (one of ; , space \" \\)" : ValueFailure(value);
}

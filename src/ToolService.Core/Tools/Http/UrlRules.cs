using System.Diagnostics.CodeAnalysis;

namespace ToolService.Core.Tools.Http;

/// <summary>What a URL must be before anything is resolved or opened.</summary>
internal sealed class UrlRules(IEnumerable<string> allowedPorts)
{
    private const int MaxLength = 2_000;

    private readonly IReadOnlyList<PortRange> _ports = Ports(allowedPorts);

    /// <summary>Reads a URL that a model or a remote server wrote.</summary>
    /// <exception cref="ToolException">It is not an absolute http or https URL.</exception>
    public static Uri Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > MaxLength)
            throw new ToolException($"The URL has {trimmed.Length} characters; at most {MaxLength} are allowed.");
        if (trimmed.Any(char.IsControl))
            throw new ToolException("The URL has a control character or a line break in it; remove it.");
        if (!TryAbsolute(trimmed, out var url))
            throw new ToolException("That is not a complete URL; write it like https://example.org/page.");
        return url;
    }

    /// <summary>Lets pass only what may be opened.</summary>
    /// <exception cref="ToolException">The scheme, the port or a user name in the URL is not allowed.</exception>
    public void Check(Uri url)
    {
        if (!url.IsAbsoluteUri || !IsWeb(url))
            throw new ToolException("Only http and https URLs can be opened.");
        if (url.UserInfo.Length > 0)
            throw new ToolException("A URL with a user name or password in it is not opened; remove the part before '@'.");
        if (url.IdnHost.Length == 0)
            throw new ToolException("The URL has no host name.");
        if (!_ports.Any(range => range.Contains(url.Port)))
            throw new ToolException($"Port {url.Port} is not opened; the operator can permit it with Http:AllowedPorts.");
    }

    // A path such as "/etc/passwd" is an absolute file URL on Unix: the scheme must have been written.
    private static bool TryAbsolute(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && text.Contains("://", StringComparison.Ordinal);

    private static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    private static IReadOnlyList<PortRange> Ports(IEnumerable<string> allowed)
    {
        var ranges = allowed.Select(PortRange.Parse).ToList();
        return ranges.Count > 0 ? ranges : PortRange.Default;
    }
}

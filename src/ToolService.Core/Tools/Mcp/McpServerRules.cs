using System.Text.RegularExpressions;

namespace ToolService.Core.Tools.Mcp;

/// <summary>What a server's definition must satisfy, wherever it comes from.</summary>
public static partial class McpServerRules
{
    private const int LeastMessageBytes = 10_000;
    private const int MostMessageBytes = 1_000_000_000;
    private static readonly TimeSpan LongestConnect = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(1);

    private static readonly HashSet<string> OwnHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Connection", "Content-Length", "Content-Type", "Host", "Last-Event-ID", "MCP-Protocol-Version", "Mcp-Session-Id",
        "Transfer-Encoding", "Upgrade",
    };

    private static readonly string[] Versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

    /// <summary>What is wrong with a server, by the member of <see cref="McpServerOptions"/> that says so; empty where nothing is.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="server">The server.</param>
    public static IEnumerable<(string Member, string Problem)> Failures(string name, McpServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return [.. OfNames(name, server), .. OfAddress(server), .. OfLimits(server), .. OfOAuth(server)];
    }

    private static IEnumerable<(string Member, string Problem)> OfNames(string name, McpServerOptions server)
    {
        if (!Name().IsMatch(name))
            yield return ("", $"'{name}': a server's name must be 1 to 32 letters, digits, '_' and '-'.");
        if (server.Prefix is { Length: > 0 } prefix && !Name().IsMatch(prefix))
            yield return (nameof(server.Prefix), $"'{prefix}' must be up to 32 letters, digits, '_' and '-'.");
        if (Malformed(server.Allowed) is { } allowed)
            yield return (nameof(server.Allowed), allowed);
        if (Malformed(server.Denied) is { } denied)
            yield return (nameof(server.Denied), denied);
        if (server.ProtocolVersion is { } version && !Versions.Contains(version))
            yield return (nameof(server.ProtocolVersion), $"'{version}' is none of: {string.Join(", ", Versions)}.");
    }

    private static IEnumerable<(string Member, string Problem)> OfAddress(McpServerOptions server)
    {
        if (server.Url is null == string.IsNullOrWhiteSpace(server.Command))
            yield return (nameof(server.Url), "or Command must be set, and not both.");
        if (server.Url is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
            yield return (nameof(server.Url), "must be an absolute http or https address without a user name, such as https://example.org/mcp.");
        if (!McpTransports.IsName(server.Transport))
            yield return (nameof(server.Transport), $"'{server.Transport}' is none of: {string.Join(", ", McpTransports.Names)}.");
        foreach (var (header, value) in server.Headers)
            if (OwnHeaders.Contains(header))
                yield return (nameof(server.Headers), $"cannot hold '{header}', which the protocol sets.");
            else if (!HeaderName().IsMatch(header) || !value.All(c => c is '\t' or >= ' ' and < '\x7f'))
                yield return (nameof(server.Headers), $"cannot hold '{header}': a header's name is a token, and its value printable ASCII.");
    }

    private static IEnumerable<(string Member, string Problem)> OfLimits(McpServerOptions server)
    {
        if (server.ConnectTimeout <= TimeSpan.Zero || server.ConnectTimeout > LongestConnect)
            yield return (nameof(server.ConnectTimeout), $"{server.ConnectTimeout} must be more than zero and at most {LongestConnect}.");
        if (server.CallTimeout is { } call && (call <= TimeSpan.Zero || call > LongestCall))
            yield return (nameof(server.CallTimeout), $"{call} must be more than zero and at most one day.");
        if (server.MaxParallelCalls is < 1)
            yield return (nameof(server.MaxParallelCalls), "must be at least 1.");
        if (server.MaxMessageBytes is < LeastMessageBytes or > MostMessageBytes)
            yield return (nameof(server.MaxMessageBytes), $"must be {LeastMessageBytes} to {MostMessageBytes}.");
    }

    private static IEnumerable<(string Member, string Problem)> OfOAuth(McpServerOptions server)
    {
        if (server.OAuth is { Enabled: true } && server.Url is null)
            yield return (nameof(server.OAuth), "belongs to servers with a Url.");
        if (server.OAuth is { ClientSecret: not null, ClientId: null })
            yield return ($"{nameof(server.OAuth)}:{nameof(McpOAuthOptions.ClientSecret)}", "needs a ClientId.");
        if (server.OAuth.ClientMetadataUrl is { } document && !(document.IsAbsoluteUri && document.Scheme == Uri.UriSchemeHttps))
            yield return ($"{nameof(server.OAuth)}:{nameof(McpOAuthOptions.ClientMetadataUrl)}", "must be an https address.");
        if (!(server.OAuth.RedirectUri.IsAbsoluteUri && server.OAuth.RedirectUri.Scheme is "http" or "https"))
            yield return ($"{nameof(server.OAuth)}:{nameof(McpOAuthOptions.RedirectUri)}", "must be an http or https address.");
    }

    private static string? Malformed(IEnumerable<string> patterns)
    {
        try
        {
            ToolPatterns.Parse(patterns);
            return null;
        }
        catch (FormatException e)
        {
            return $"is malformed: {e.Message}";
        }
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,32}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderName();
}

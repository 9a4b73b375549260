using ToolService.Core.Tools.Secrets;

namespace ToolService.Core.Tools.Mcp;

/// <summary>An MCP server that tools come from.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Options">How it is reached, and what is taken from it.</param>
internal sealed record McpServer(string Name, McpServerOptions Options)
{
    /// <summary>How the names of all its tools begin; empty for nothing.</summary>
    public string ToolPrefix { get; } = (Options.Prefix ?? Name) is { Length: > 0 } prefix ? $"{prefix}_" : "";

    /// <summary>Where it is, in words for people: without a query, which may hold a key.</summary>
    public string Address => Options.Url is { } url ? url.GetLeftPart(UriPartial.Path) : Options.Command!;

    /// <summary>Whether requests to it carry secrets, which it may say back.</summary>
    public bool GetsSecrets => Options.Headers.Values.Append(Options.OAuth.ClientSecret ?? "").Any(SecretReferences.IsIn);

    /// <summary>The headers of each request, with the secrets that they refer to.</summary>
    /// <exception cref="ToolException">A secret is not there, or not for this server.</exception>
    public Dictionary<string, string> Headers(SecretStore secrets) =>
        Options.Headers.ToDictionary(header => header.Key, header => secrets.Fill(header.Value, Options.Url));

    /// <summary>The secret of the service at the authorization server, where it has one.</summary>
    /// <exception cref="ToolException">A secret is not there, or not for this server.</exception>
    public string? ClientSecret(SecretStore secrets) =>
        Options.OAuth.ClientSecret is { } secret ? secrets.Fill(secret, Options.Url) : null;
}

namespace ToolService.Core.Tools.Mcp;

/// <summary>How the service gets access to an MCP server that demands OAuth. A person must agree once: see <c>docs/mcp-servers.md</c>.</summary>
public sealed class McpOAuthOptions
{
    /// <summary>Whether the service asks for access; otherwise a server that demands it fails. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The service's id at the authorization server; default: <see cref="ClientMetadataUrl"/>, or else it registers itself.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret that belongs to <see cref="ClientId"/>, where there is one.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>An https address of a document that describes this service, which some authorization servers take as its id.</summary>
    public Uri? ClientMetadataUrl { get; set; }

    /// <summary>What to ask for where the server does not say what it needs. Default none.</summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>Where the authorization server sends the person back to: this service, as the person's browser reaches it.</summary>
    public Uri RedirectUri { get; set; } = new("http://localhost:5080/v1/sources/oauth/callback");
}

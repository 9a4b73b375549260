using ToolService.Core.Tools.Mcp;

namespace ToolService.Api.Sources;

/// <summary>How the service gets access to an MCP server that demands OAuth; empty where it registers itself.</summary>
public sealed record McpOAuthRequest
{
    /// <summary>The service's id at the authorization server.</summary>
    public string? ClientId { get; init; }

    /// <summary>The secret that belongs to it. It is stored, and never shown again.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>An https address of a document that describes this service.</summary>
    public Uri? ClientMetadataUrl { get; init; }

    /// <summary>What to ask for where the server does not say what it needs. Default none.</summary>
    public List<string>? Scopes { get; init; }

    /// <summary>This service's <c>/v1/sources/oauth/callback</c>, as the browser of the person who authorizes it reaches it.</summary>
    public Uri? RedirectUri { get; init; }

    /// <summary>The same as settings.</summary>
    internal McpOAuthOptions ToOptions()
    {
        var byDefault = new McpOAuthOptions();
        return new McpOAuthOptions
        {
            Enabled = true,
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            ClientMetadataUrl = ClientMetadataUrl,
            Scopes = Scopes ?? [],
            RedirectUri = RedirectUri ?? byDefault.RedirectUri,
        };
    }
}

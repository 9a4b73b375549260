using ToolService.Core.Tools.Mcp;

namespace ToolService.Api.Sources;

/// <summary>An MCP server to take tools from.</summary>
public sealed record McpSourceRequest
{
    /// <summary>The source's name: 1 to 32 letters, digits, <c>_</c> and <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the source is: <c>mcp</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where the server answers: an http or https address that the service may open.</summary>
    public required Uri Url { get; init; }

    /// <summary><c>auto</c>, <c>streamable_http</c> or <c>sse</c>. Default <c>auto</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>Headers of each request to the server. Default none. They are stored, and never shown again.</summary>
    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>How the names of its tools begin, before an <c>_</c>; empty for nothing. Default the source's name.</summary>
    public string? Prefix { get; init; }

    /// <summary>Patterns of the tools that are taken. Default all.</summary>
    public List<string>? Allowed { get; init; }

    /// <summary>Patterns of the tools that are not taken. Default none.</summary>
    public List<string>? Denied { get; init; }

    /// <summary>How long a call may take, in seconds. Default: the service's own limit.</summary>
    public double? CallTimeoutSeconds { get; init; }

    /// <summary>How many calls run on the server at once. Default any number.</summary>
    public int? MaxParallelCalls { get; init; }

    /// <summary>Whether to believe a tool that says of itself that it changes nothing or may be repeated. Default false.</summary>
    public bool TrustAnnotations { get; init; }

    /// <summary>How to get access where the server demands OAuth; null for not at all.</summary>
    public McpOAuthRequest? Oauth { get; init; }

    /// <summary>The same as settings.</summary>
    internal McpServerOptions ToOptions() => new()
    {
        Url = Url,
        Transport = Transport ?? McpTransports.Auto,
        Headers = Headers ?? [],
        Prefix = Prefix,
        Allowed = Allowed ?? [],
        Denied = Denied ?? [],
        CallTimeout = CallTimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Clamp(seconds, -1, 1e9)) : null,
        MaxParallelCalls = MaxParallelCalls,
        TrustAnnotations = TrustAnnotations,
        OAuth = Oauth?.ToOptions() ?? new McpOAuthOptions(),
    };
}

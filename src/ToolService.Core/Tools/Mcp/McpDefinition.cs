using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Core.Tools.Mcp;

/// <summary>A server that was defined over the API, as it is kept.</summary>
internal sealed record McpDefinition
{
    private static readonly JsonSerializerOptions Format = new(ToolJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    public required Uri Url { get; init; }

    public required string Transport { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    public string? Prefix { get; init; }

    public IReadOnlyList<string> Allowed { get; init; } = [];

    public IReadOnlyList<string> Denied { get; init; } = [];

    public TimeSpan? ConnectTimeout { get; init; }

    public TimeSpan? CallTimeout { get; init; }

    public int? MaxParallelCalls { get; init; }

    public bool TrustAnnotations { get; init; }

    public McpOAuthOptions? OAuth { get; init; }

    public static McpDefinition Of(McpServerOptions server) => new()
    {
        Url = server.Url!,
        Transport = server.Transport,
        Headers = server.Headers,
        Prefix = server.Prefix,
        Allowed = server.Allowed,
        Denied = server.Denied,
        ConnectTimeout = server.ConnectTimeout,
        CallTimeout = server.CallTimeout,
        MaxParallelCalls = server.MaxParallelCalls,
        TrustAnnotations = server.TrustAnnotations,
        OAuth = server.OAuth.Enabled ? server.OAuth : null,
    };

    /// <exception cref="JsonException">It is none.</exception>
    public static McpDefinition Parse(string json) => JsonSerializer.Deserialize<McpDefinition>(json, Format) ?? throw new JsonException("It is null.");

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public McpServerOptions ToOptions()
    {
        var options = new McpServerOptions();
        return new McpServerOptions
        {
            Url = Url,
            Transport = Transport,
            Headers = Headers,
            Prefix = Prefix,
            Allowed = [.. Allowed],
            Denied = [.. Denied],
            ConnectTimeout = ConnectTimeout ?? options.ConnectTimeout,
            CallTimeout = CallTimeout,
            MaxParallelCalls = MaxParallelCalls,
            TrustAnnotations = TrustAnnotations,
            OAuth = OAuth ?? options.OAuth,
        };
    }
}

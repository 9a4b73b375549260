using ModelContextProtocol.Client;

namespace ToolService.Core.Tools.Mcp;

/// <summary>The ways to speak MCP over HTTP, as settings name them.</summary>
public static class McpTransports
{
    /// <summary>Streamable HTTP, and SSE where the server refuses it.</summary>
    public const string Auto = "auto";

    private static readonly Dictionary<string, HttpTransportMode> Modes = new(StringComparer.OrdinalIgnoreCase)
    {
        [Auto] = HttpTransportMode.AutoDetect,
        ["streamable_http"] = HttpTransportMode.StreamableHttp,
        ["sse"] = HttpTransportMode.Sse,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => Modes.Keys;

    internal static bool IsName(string? name) => name is not null && Modes.ContainsKey(name);

    internal static HttpTransportMode ModeOf(string name) => Modes[name];
}

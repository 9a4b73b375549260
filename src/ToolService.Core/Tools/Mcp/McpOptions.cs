namespace ToolService.Core.Tools.Mcp;

/// <summary>MCP servers whose tools the service has: <c>Mcp</c>.</summary>
public sealed class McpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mcp";

    /// <summary>
    /// The servers, by name: 1 to 32 letters, digits, <c>_</c> and <c>-</c>. The name is the source's name, and the prefix of its tools unless
    /// <see cref="McpServerOptions.Prefix"/> says otherwise. Default none.
    /// </summary>
    public Dictionary<string, McpServerOptions> Servers { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}

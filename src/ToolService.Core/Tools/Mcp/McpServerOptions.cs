namespace ToolService.Core.Tools.Mcp;

/// <summary>How an MCP server is reached, and what is taken from it. It has either <see cref="Url"/> or <see cref="Command"/>.</summary>
public sealed class McpServerOptions
{
    /// <summary>Whether the server is used. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where the server answers over HTTP. The address must be one that <c>Http:AllowPrivateNetworks</c> lets the service open.</summary>
    public Uri? Url { get; set; }

    /// <summary>The program to start, which then speaks MCP over its standard input and output.</summary>
    public string? Command { get; set; }

    /// <summary>The program's arguments; no shell reads them. Default none.</summary>
    public List<string> Arguments { get; set; } = [];

    /// <summary>
    /// Environment variables of the program, besides <c>PATH</c>, <c>HOME</c> and others that tell where it runs; it gets no others. Default none.
    /// </summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    /// <summary>The directory that the program is started in; default the service's own.</summary>
    public string? WorkingDirectory { get; set; }

    /// <summary><c>streamable_http</c>, <c>sse</c> (the older way), or <c>auto</c>: the first, and the second where the server refuses it. Default <c>auto</c>.</summary>
    public string Transport { get; set; } = McpTransports.Auto;

    /// <summary>Headers of each request to <see cref="Url"/>. Default none.</summary>
    public Dictionary<string, string> Headers { get; set; } = [];

    /// <summary>
    /// How the names of its tools begin, before an <c>_</c>: up to 32 letters, digits, <c>_</c> and <c>-</c>. Empty for nothing. Default the
    /// server's name.
    /// </summary>
    public string? Prefix { get; set; }

    /// <summary>
    /// Patterns, with <c>*</c>, of the tools that are taken, as the server names them (with <c>_</c> for each character that no tool name may have
    /// here). Default all.
    /// </summary>
    public List<string> Allowed { get; set; } = [];

    /// <summary>The same of tools that are not taken; wins over <see cref="Allowed"/>. Default none.</summary>
    public List<string> Denied { get; set; } = [];

    /// <summary>How long connecting and the handshake may take. Default 15 seconds, at most 10 minutes.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a call may take; null uses <c>Execution:DefaultTimeout</c>.</summary>
    public TimeSpan? CallTimeout { get; set; }

    /// <summary>
    /// How many calls run on the server at once; null for any number. 1 makes it certain, over stdio and <c>sse</c>, which call a server's
    /// question belongs to.
    /// </summary>
    public int? MaxParallelCalls { get; set; }

    /// <summary>The largest message that is read from the server, in bytes. Default 10,000,000.</summary>
    public int MaxMessageBytes { get; set; } = 10_000_000;

    /// <summary>
    /// Whether to believe a tool that says of itself that it changes nothing or may be repeated. Calls of such a tool leave no intent in the
    /// history and are repeated after failures. Default false.
    /// </summary>
    public bool TrustAnnotations { get; set; }

    /// <summary>The one protocol version to speak, such as <c>2025-11-25</c>; default the newest that both sides know.</summary>
    public string? ProtocolVersion { get; set; }

    /// <summary>How the service gets access where the server demands OAuth.</summary>
    public McpOAuthOptions OAuth { get; set; } = new();
}

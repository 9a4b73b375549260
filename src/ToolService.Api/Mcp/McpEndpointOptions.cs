using System.ComponentModel.DataAnnotations;

namespace ToolService.Api.Mcp;

/// <summary>This service as an MCP server: section <c>McpServer</c>.</summary>
public sealed class McpEndpointOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "McpServer";

    /// <summary>Whether there is <c>/mcp</c>. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Sites whose pages may use <c>/mcp</c> of a service with API keys, as their <c>Origin</c>: <c>https://app.example.com</c>. Default
    /// none; pages of this machine and of the service's own address may always.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];

    /// <summary>How many tools a page of the list has. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int PageSize { get; set; } = 1_000;

    /// <summary>What clients give their model to read about this server. Default nothing.</summary>
    public string Instructions { get; set; } = "";

    /// <summary>
    /// How long a call waits for the client's answer to a question before it goes on without one. Default 10 minutes, at most a day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a quiet stream shows that it is alive, so that nothing in between closes it. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);
}

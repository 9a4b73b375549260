using ToolService.Core.Tools.Mcp;

namespace ToolService.Core.Tests.Tools.Mcp;

public class McpServerRulesTests
{
    public static TheoryData<string, McpServerOptions, string> Wrong => new()
    {
        { "a b", new McpServerOptions { Command = "x" }, "name" },
        { "a", new McpServerOptions(), "Command" },
        { "a", new McpServerOptions { Command = "x", Url = new Uri("https://example.org") }, "not both" },
        { "a", new McpServerOptions { Url = new Uri("ftp://example.org") }, "http" },
        { "a", new McpServerOptions { Url = new Uri("https://u:p@example.org") }, "user name" },
        { "a", new McpServerOptions { Command = "x", Transport = "pigeon" }, "sse" },
        { "a", new McpServerOptions { Url = new Uri("https://example.org"), Headers = { ["Host"] = "x" } }, "Host" },
        { "a", new McpServerOptions { Url = new Uri("https://example.org"), Headers = { ["X"] = "a\r\nB: c" } }, "printable" },
        { "a", new McpServerOptions { Command = "x", Prefix = "a.b" }, "letters" },
        { "a", new McpServerOptions { Command = "x", Allowed = [""] }, "empty" },
        { "a", new McpServerOptions { Command = "x", ProtocolVersion = "1999-01-01" }, "2025-11-25" },
        { "a", new McpServerOptions { Command = "x", ConnectTimeout = TimeSpan.Zero }, "zero" },
        { "a", new McpServerOptions { Command = "x", MaxParallelCalls = 0 }, "1" },
        { "a", new McpServerOptions { Command = "x", OAuth = { Enabled = true } }, "Url" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Server_that_cannot_work_is_refused_with_the_reason(string name, McpServerOptions server, string reason) =>
        Assert.Contains(McpServerRules.Failures(name, server), failure => failure.Problem.Contains(reason, StringComparison.Ordinal));

    [Fact]
    public void Server_that_can_work_is_not_refused() =>
        Assert.Empty(McpServerRules.Failures("files", new McpServerOptions { Url = new Uri("https://example.org/mcp") }));
}

using System.Globalization;
using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Mcp;

namespace ToolService.Core.Tests.Tools.Mcp;

public class McpListingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tool_has_the_servers_description_schema_and_title()
    {
        await using var server = await FakeMcpServer.StartAsync(
            """[{"name":"act","title":"Act!","description":"Acts.","inputSchema":{"type":"object","properties":{"n":{"type":"integer"}}},"outputSchema":{"type":"object"}}]""");
        await using var test = new McpTest(server);

        var tool = await test.ToolAsync();

        Assert.Equal(("fake_act", "Acts.", "fake"), (tool.Name, tool.Description, tool.Source));
        Assert.Equal("Act!", tool.Function.AdditionalProperties["title"]);
        Assert.Equal("object", tool.Function.ReturnJsonSchema!.Value.GetProperty("type").GetString());
        Assert.Contains("\"tool\":\"act\"", tool.Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, true, true)]
    public async Task Hint_that_a_tool_changes_nothing_counts_only_where_the_server_is_trusted(bool isTrusted, bool readOnly, bool idempotent)
    {
        await using var server = await FakeMcpServer.StartAsync(
            """[{"name":"act","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true,"openWorldHint":false}}]""");
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, TrustAnnotations = isTrusted });

        var policy = (await test.ToolAsync()).Policy;

        Assert.Equal((readOnly, idempotent, false, false), (policy.ReadOnly, policy.Idempotent, policy.Destructive, policy.OpenWorld));
    }

    [Fact]
    public async Task Tool_without_annotations_is_what_the_protocol_says_destructive_and_open() =>
        Assert.True((await OneToolAsync()).Policy is { Destructive: true, OpenWorld: true, ReadOnly: false, Idempotent: false });

    [Theory]
    [InlineData("""{"name":"bad","inputSchema":[]}""", "inputSchema")]
    [InlineData("""{"name":7,"inputSchema":{"type":"object"}}""", "name")]
    [InlineData("""{"name":"bad"}""", "inputSchema")]
    [InlineData("\"bad\"", "object")]
    [InlineData("""{"name":"bad","inputSchema":{"type":"object","properties":{"a":{"type":"nonsense"}}}}""", "schema")]
    [InlineData("""{"name":"bad","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":"yes"}}""", "readOnlyHint")]
    [InlineData("""{"name":"bad","inputSchema":{"type":"object"},"outputSchema":{"type":7}}""", "outputSchema")]
    [InlineData("""{"name":"ACT","inputSchema":{"type":"object"}}""", "case")]
    public async Task Tool_that_is_none_is_skipped_with_the_reason_and_the_others_are_taken(string bad, string reason)
    {
        await using var server = await FakeMcpServer.StartAsync($$"""[{"name":"act","inputSchema":{"type":"object"} },{{bad}}]""");
        await using var test = new McpTest(server);

        var loaded = await test.Source.LoadAsync(Cancellation);

        Assert.Equal("fake_act", Assert.Single(loaded.Tools).Name);
        Assert.Contains(reason, Assert.Single(loaded.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_tools_are_taken_that_the_settings_let_through()
    {
        await using var server = await FakeMcpServer.StartAsync(
            """[{"name":"read.a","inputSchema":{}},{"name":"read.b","inputSchema":{}},{"name":"write","inputSchema":{}}]""");
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, Allowed = ["read_*"], Denied = ["*_b"], Prefix = "" });

        var loaded = await test.Source.LoadAsync(Cancellation);

        Assert.Equal("read_a", Assert.Single(loaded.Tools).Name);
        Assert.Equal(2, loaded.Skipped.Count);
    }

    [Fact]
    public async Task All_pages_are_read()
    {
        await using var server = await FakeMcpServer.StartAsync();
        server.On("tools/list", (message, context) => FakeMcpServer.ReplyAsync(context, message, Cursor(message) switch
        {
            null => Page("one", "\"2\""),
            _ => Page("two", "null"),
        }));
        await using var test = new McpTest(server);

        Assert.Equal(["fake_one", "fake_two"], (await test.Source.LoadAsync(Cancellation)).Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task List_that_leads_back_to_where_it_was_is_refused()
    {
        await using var server = await FakeMcpServer.StartAsync();
        server.On("tools/list", (message, context) => FakeMcpServer.ReplyAsync(context, message, Page("one", "\"again\"")));

        Assert.Contains("cursor is repeated", await FailureAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_without_end_is_refused()
    {
        await using var server = await FakeMcpServer.StartAsync();
        var page = 0;
        server.On("tools/list", (message, context) => FakeMcpServer.ReplyAsync(
            context, message, string.Create(CultureInfo.InvariantCulture, $$"""{"tools":[],"nextCursor":"{{++page}}"}""")));

        Assert.Contains("pages", await FailureAsync(server), StringComparison.Ordinal);
        Assert.Equal(1_000, page);
    }

    [Fact]
    public async Task No_more_pages_are_read_than_tools_are_taken()
    {
        await using var server = await FakeMcpServer.StartAsync();
        var page = 0;
        server.On("tools/list", (message, context) =>
            FakeMcpServer.ReplyAsync(context, message, Page($"tool{++page}", $"\"{page}\"")));
        await using var test = new McpTest(new McpServerOptions { Url = server.Url }, maxTools: 3);

        Assert.Contains((await test.Source.LoadAsync(Cancellation)).Skipped, skipped => skipped.Reason.Contains("MaxToolsPerSource", StringComparison.Ordinal));
        Assert.Equal(4, page);
    }

    [Theory]
    [InlineData("""{"tools":{}}""")]
    [InlineData("""{"tools":[],"nextCursor":7}""")]
    [InlineData("[]")]
    public async Task Answer_that_is_no_list_is_refused(string answer)
    {
        await using var server = await FakeMcpServer.StartAsync();
        server.On("tools/list", (message, context) => FakeMcpServer.ReplyAsync(context, message, answer));

        Assert.Contains("tools/list", await FailureAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_that_is_larger_than_messages_may_be_is_refused()
    {
        await using var server = await FakeMcpServer.StartAsync($$"""[{"name":"act","description":"{{new string('x', 20_000)}}","inputSchema":{} }]""");

        var failure = await FailureAsync(server, new McpServerOptions { Url = server.Url, MaxMessageBytes = 10_000 });

        Assert.Contains("10,000 bytes", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_at_an_address_that_is_not_permitted_is_not_reached()
    {
        await using var server = await FakeMcpServer.StartAsync();
        await using var test = new McpTest(new McpServerOptions { Url = server.Url }, TestHttp.Create(new HttpOptions(), host => [host]));

        var failure = await Assert.ThrowsAsync<ToolException>(() => test.Source.LoadAsync(Cancellation));

        Assert.Contains("Http:AllowPrivateNetworks", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Server_that_does_not_answer_is_given_up()
    {
        await using var silent = await LocalServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var test = new McpTest(new McpServerOptions { Url = silent.Url, ConnectTimeout = TimeSpan.FromMilliseconds(300) });

        var failure = await Assert.ThrowsAsync<ToolException>(() => test.Source.LoadAsync(Cancellation));

        Assert.Contains("did not answer within", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_demands_access_says_so_without_oauth()
    {
        await using var server = await LocalServer.StartAsync("""{"error":"who are you?"}""", status: 401);
        await using var test = new McpTest(new McpServerOptions { Url = server.Url });

        var failure = await Assert.ThrowsAsync<ToolException>(() => test.Source.LoadAsync(Cancellation));

        Assert.Contains("refuses this service", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_are_sent_with_their_secrets()
    {
        string? seen = null;
        await using var server = await FakeMcpServer.StartAsync();
        server.On("tools/list", (message, context) =>
        {
            seen = context.Request.Headers["X-Key"];
            return FakeMcpServer.ReplyAsync(context, message, Page("one", "null"));
        });
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, Headers = { ["X-Key"] = "k1-${secret:TICKETS}" } });

        await test.Source.LoadAsync(Cancellation);

        Assert.Equal("k1-s3cret-value", seen);
    }

    private static async Task<Tool> OneToolAsync()
    {
        await using var server = await FakeMcpServer.StartAsync();
        await using var test = new McpTest(server);
        return await test.ToolAsync();
    }

    private static async Task<string> FailureAsync(FakeMcpServer server, McpServerOptions? options = null)
    {
        await using var test = new McpTest(options ?? new McpServerOptions { Url = server.Url });
        return (await Assert.ThrowsAsync<ToolException>(() => test.Source.LoadAsync(Cancellation))).Message;
    }

    private static string Page(string tool, string next) =>
        $$"""{"tools":[{"name":"{{tool}}","inputSchema":{"type":"object"} }],"nextCursor":{{next}} }""";

    private static string? Cursor(System.Text.Json.JsonElement message) =>
        message.GetProperty("params").TryGetProperty("cursor", out var cursor) ? cursor.GetString() : null;
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Mcp;

namespace ToolService.Core.Tests.Tools.Mcp;

public class McpCallTests
{
    private const string Done = """{"content":[{"type":"text","text":"done"}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_is_the_result()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);

        Assert.Equal("done", await test.CallAsync("""{"a":{"b":[1]}}"""));
        var sent = server.Messages.Single(message => message.TryGetProperty("method", out var method) && method.GetString() == "tools/call").GetProperty("params");
        Assert.Equal("""{"b":[1]}""", sent.GetProperty("arguments").GetProperty("a").GetRawText());
        Assert.Equal("call_1", sent.GetProperty("_meta").GetProperty("toolservice/call_id").GetString());
    }

    [Fact]
    public async Task Images_sounds_resources_and_links_are_kept()
    {
        await using var server = await StartAsync(
            """
            {"content":[{"type":"image","data":"aGk=","mimeType":"image/png"},{"type":"audio","data":"aGk=","mimeType":"audio/wav"},
             {"type":"resource","resource":{"uri":"a:1","text":"one"}},{"type":"resource","resource":{"uri":"a:2","blob":"aGk="}},
             {"type":"resource_link","uri":"a:3","name":"three"}]}
            """);
        await using var test = new McpTest(server);

        var content = Assert.IsType<ToolContent>(await test.CallAsync());

        Assert.Equal(["image", "audio", "resource", "resource", "resource_link"], content.Blocks.Select(block => block.Type));
        Assert.Equal("aGk=", content.Blocks[0].Data);
        Assert.Equal(("a:1", "one"), (content.Blocks[2].Uri, content.Blocks[2].Text));
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"You sent Bearer s3cret-value."}]}""", "You sent Bearer [secret TICKETS].")]
    [InlineData("""{"isError":true,"content":[{"type":"text","text":"czNjcmV0LXZhbHVl is wrong"}]}""", "[secret TICKETS] is wrong")]
    public async Task Secret_that_the_server_says_back_is_taken_out(string result, string expected)
    {
        await using var server = await StartAsync(result);
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, Headers = { ["Authorization"] = "Bearer ${secret:TICKETS}" } });

        object? said;
        try
        {
            said = await test.CallAsync();
        }
        catch (ToolException e)
        {
            said = e.Message;
        }

        Assert.EndsWith(expected, Assert.IsType<string>(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_in_a_description_or_a_refusal_is_taken_out()
    {
        await using var server = await FakeMcpServer.StartAsync("""[{"name":"act","description":"Use s3cret-value.","inputSchema":{"type":"object"}}]""");
        server.On("tools/call", (message, context) => LocalServer.AnswerAsync(
            context, $$$"""{"jsonrpc":"2.0","id":{{{message.GetProperty("id").GetRawText()}}},"error":{"code":-32000,"message":"not s3cret-value"}}"""));
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, Headers = { ["X-Key"] = "${secret:TICKETS}" } });

        Assert.Equal("Use [secret TICKETS].", (await test.ToolAsync()).Description);
        Assert.EndsWith("not [secret TICKETS]", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_that_an_error_page_says_back_is_not_in_the_exception_that_is_logged()
    {
        await using var server = await FakeMcpServer.StartAsync();
        server.On("initialize", async (_, context) =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync("You sent s3cret-value.", Cancellation);
        });
        server.On("server/discover", (_, context) =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return context.Response.WriteAsync("You sent s3cret-value.", Cancellation);
        });
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, Headers = { ["X-Key"] = "${secret:TICKETS}" } });

        var failure = await Assert.ThrowsAsync<ToolException>(test.ToolAsync);

        Assert.DoesNotContain("s3cret-value", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_that_the_server_reports_is_a_failure_in_its_words()
    {
        await using var server = await StartAsync("""{"isError":true,"content":[{"type":"text","text":"no such ticket"}]}""");
        await using var test = new McpTest(server);

        Assert.Equal("The MCP server 'fake' reports a failure: no such ticket", await FailureAsync(test));
    }

    [Theory]
    [InlineData("""{"content":[],"structuredContent":{"n":"five"}}""")]
    [InlineData("""{"content":[{"type":"text","text":"five"}]}""")]
    public async Task Result_that_breaks_the_servers_promise_is_not_used(string result)
    {
        await using var server = await StartAsync(result, """[{"name":"act","inputSchema":{},"outputSchema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}]""");
        await using var test = new McpTest(server);

        Assert.Contains("output schema", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Structured_result_that_keeps_it_is_used()
    {
        await using var server = await StartAsync(
            """{"content":[{"type":"text","text":"5"}],"structuredContent":{"n":5}}""",
            """[{"name":"act","inputSchema":{},"outputSchema":{"type":"object","properties":{"n":{"type":"integer"}}}}]""");
        await using var test = new McpTest(server);

        Assert.Equal(5, Assert.IsType<ToolContent>(await test.CallAsync()).Structured!.Value.GetProperty("n").GetInt32());
    }

    [Theory]
    [InlineData("""{"content":7}""")]
    [InlineData("""{"content":[{"type":"image","data":7}]}""")]
    [InlineData("\"text\"")]
    public async Task Result_of_wrong_types_is_a_clear_failure(string result)
    {
        await using var server = await StartAsync(result);
        await using var test = new McpTest(server);

        Assert.Contains("not MCP", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_in_a_session_that_is_over_is_sent_again_in_a_new_one()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        var tool = await test.ToolAsync();
        server.On("tools/call", (message, context) =>
        {
            if (context.Request.Headers["Mcp-Session-Id"] == "session-2")
                return FakeMcpServer.ReplyAsync(context, message, Done);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        Assert.Equal("done", await McpTest.CallAsync(tool));
        Assert.Equal((2, 2), (server.Count("initialize"), server.Count("tools/call")));
    }

    [Fact]
    public async Task Call_whose_connection_is_lost_is_not_sent_again()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        server.On("tools/call", (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.Contains("may have had its effect", await FailureAsync(test), StringComparison.Ordinal);
        Assert.Equal(1, server.Count("tools/call"));
    }

    [Fact]
    public async Task Answer_to_another_request_is_no_answer()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        server.On("tools/call", (_, context) => FakeMcpServer.SendAsync(context, $$"""{"jsonrpc":"2.0","id":987,"result":{{Done}} }"""));

        Assert.Contains("lost", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_without_end_is_given_up()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(new McpServerOptions { Url = server.Url, MaxMessageBytes = 10_000 });
        server.On("tools/call", async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync("data: " + new string('x', 1_000), context.RequestAborted);
        });

        Assert.Contains("10,000 bytes", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_never_stops_telling_is_given_up()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        server.On("tools/call", async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            var many = string.Concat(Enumerable.Repeat("""
                data: {"jsonrpc":"2.0","method":"notifications/message","params":{}}


                """, 1_000));
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(many, context.RequestAborted);
        });

        Assert.Contains("100,000 messages", await FailureAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_reaches_whoever_watches_the_call()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        var call = new FakeRunningCall();
        server.On("tools/call", async (message, context) =>
        {
            var token = message.GetProperty("params").GetProperty("_meta").GetProperty("progressToken").GetRawText();
            await FakeMcpServer.SendAsync(
                context, $$$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{{token}}},"progress":1,"total":2,"message":"half"}}""");
            await call.Reported;
            await FakeMcpServer.SendAsync(context, FakeMcpServer.Reply(message, Done));
        });

        Assert.Equal("done", await test.CallAsync(call: call));
        Assert.Equal(new ToolProgress(1, 2, "half"), Assert.Single(call.Reports));
    }

    [Fact]
    public async Task Server_hears_that_a_call_was_cancelled()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        var tool = await test.ToolAsync();
        var (begun, heard) = (NewSignal<JsonElement>(), NewSignal<JsonElement>());
        server.On("tools/call", (message, context) =>
        {
            begun.TrySetResult(message.GetProperty("id"));
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        server.On("notifications/cancelled", (message, context) =>
        {
            heard.TrySetResult(message.GetProperty("params").GetProperty("requestId"));
            context.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
        using var cancel = new CancellationTokenSource();

        var running = McpTest.CallAsync(tool, cancel: cancel);
        var id = await begun.Task.WaitAsync(Cancellation);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(id.GetRawText(), (await heard.Task.WaitAsync(Cancellation)).GetRawText());
    }

    [Fact]
    public async Task Request_for_what_was_not_offered_is_refused()
    {
        var refused = NewSignal<JsonElement>();
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        server.On("tools/call", async (message, context) =>
        {
            await FakeMcpServer.SendAsync(context, """{"jsonrpc":"2.0","id":"s1","method":"sampling/createMessage","params":{"messages":[],"maxTokens":1}}""");
            while (!server.Messages.Any(seen => seen.TryGetProperty("error", out var error) && refused.TrySetResult(error)))
                await Task.Yield();
            await FakeMcpServer.SendAsync(context, FakeMcpServer.Reply(message, Done));
        });

        Assert.Equal("done", await test.CallAsync());
        Assert.Equal(-32601, (await refused.Task).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Changed_tools_are_announced()
    {
        await using var server = await StartAsync(Done);
        await using var test = new McpTest(server);
        var changed = NewSignal<bool>();
        test.Source.Changed += () => changed.TrySetResult(true);
        server.On("tools/call", async (message, context) =>
        {
            await FakeMcpServer.SendAsync(context, """{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}""");
            await FakeMcpServer.SendAsync(context, FakeMcpServer.Reply(message, Done));
        });

        await test.CallAsync();

        Assert.True(await changed.Task.WaitAsync(Cancellation));
    }

    private static async Task<FakeMcpServer> StartAsync(string result, string tools = """[{"name":"act","inputSchema":{"type":"object"}}]""")
    {
        var server = await FakeMcpServer.StartAsync(tools);
        server.OnCall(result);
        return server;
    }

    private static async Task<string> FailureAsync(McpTest test) => (await Assert.ThrowsAsync<ToolException>(() => test.CallAsync())).Message;

    private static TaskCompletionSource<T> NewSignal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

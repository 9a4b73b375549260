using System.Net;
using System.Text.Json.Nodes;
using ToolService.Api.Tests.Hosting;

namespace ToolService.Api.Tests.Mcp;

public class McpCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_is_in_the_history_of_its_keys_holder()
    {
        await using var service = await TestService.StartAsync(TestKeys.Settings(("bob", [])));
        using var client = service.ClientWithKey(TestKeys.KeyOf("bob"));

        var answer = await client.AnswerAsync(McpMessages.Call("calculator", """{"expression":"1+2"}"""));

        var record = await client.GetJsonAsync($"/v1/tools/history/{answer.Meta("call_id")}");
        Assert.Equal("mcp", record.Text("origin"));
        Assert.Equal("succeeded", answer.Meta("status"));
    }

    [Fact]
    public async Task Tool_that_does_not_exist_is_a_protocol_error_that_names_near_ones()
    {
        await using var service = await new TestTools().StartServiceAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Call("ech"));

        Assert.Equal(-32602, answer.ErrorCode());
        Assert.Contains("echo", answer.GetProperty("error").Text("message"));
    }

    [Theory]
    [InlineData("echo", """{"txt":"a"}""", "invalid_arguments", "'txt'")]
    [InlineData("refuse", "{}", "tool_failed", "The note is locked; unlock it first.")]
    public async Task Failure_is_a_result_that_the_model_can_learn_from(string tool, string arguments, string error, string text)
    {
        await using var service = await new TestTools().StartServiceAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Call(tool, arguments));

        Assert.True(answer.IsError());
        Assert.Equal(error, answer.Meta("error"));
        Assert.Contains(text, answer.ResultText());
    }

    [Fact]
    public async Task Exception_of_a_tool_is_not_shown()
    {
        await using var service = await new TestTools().StartServiceAsync();

        var answer = await service.Client.AnswerAsync(McpMessages.Call("throw"));

        Assert.True(answer.IsError());
        Assert.DoesNotContain(TestTools.Secret, answer.GetRawText());
    }

    [Fact]
    public async Task Denied_tool_is_neither_listed_nor_run()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync(("Tools:Denied:0", "add_note"));

        var list = await service.Client.AnswerAsync(McpMessages.Post("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""));
        var call = await service.Client.AnswerAsync(McpMessages.Call("add_note", """{"text":"a"}"""));

        Assert.DoesNotContain(list.GetProperty("result").GetProperty("tools").EnumerateArray(), tool => tool.Text("name") == "add_note");
        Assert.Equal("not_allowed", call.Meta("error"));
        Assert.Empty(tools.Effects);
    }

    [Fact]
    public async Task Stopped_service_runs_nothing()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        await service.Client.PostJsonAsync("/v1/admin/stop", """{"reason":"repair"}""");

        var answer = await service.Client.AnswerAsync(McpMessages.Call("add_note", """{"text":"a"}"""));

        Assert.True(answer.IsError());
        Assert.Equal("stopped", answer.Meta("error"));
        Assert.Empty(tools.Effects);
    }

    [Fact]
    public async Task Call_sent_again_with_its_id_gets_the_first_ones_outcome()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        const string Meta = """{"toolservice/call_id":"mine"}""";

        var first = await service.Client.AnswerAsync(McpMessages.Call("add_note", """{"text":"a"}""", meta: Meta));
        var second = await service.Client.AnswerAsync(McpMessages.Call("add_note", """{"text":"a"}""", meta: Meta));
        var other = await service.Client.AnswerAsync(McpMessages.Call("add_note", """{"text":"b"}""", meta: Meta));

        Assert.Equal(first.ResultText(), second.ResultText());
        Assert.Equal(-32602, other.ErrorCode());
        Assert.Equal(["a"], tools.Effects);
    }

    [Fact]
    public async Task Object_is_structured_content_and_text()
    {
        await using var service = await AskingTools.StartAsync();

        var result = (await service.Client.AnswerAsync(McpMessages.Call("measure"))).GetProperty("result");

        Assert.Equal(21.5, result.GetProperty("structuredContent").GetProperty("celsius").GetDouble());
        Assert.Equal("""{"celsius":21.5}""", result.GetProperty("content")[0].Text("text"));
    }

    [Fact]
    public async Task Images_and_links_stay_what_they_are()
    {
        await using var service = await AskingTools.StartAsync();

        var result = (await service.Client.AnswerAsync(McpMessages.Call("picture"))).GetProperty("result");

        var content = result.GetProperty("content");
        Assert.Equal(["text", "image", "resource_link"], content.EnumerateArray().Select(block => block.Text("type")));
        Assert.Equal("AQID", content[1].Text("data"));
        Assert.Equal("image/png", content[1].Text("mimeType"));
        Assert.Equal("https://example.com/dot", content[2].Text("uri"));
        Assert.Equal(1, result.GetProperty("structuredContent").GetProperty("dots").GetInt32());
    }

    [Fact]
    public async Task Long_result_is_cut_for_the_model()
    {
        await using var service = await new TestTools().StartServiceAsync(("Execution:MaxResultCharacters", "2000"));

        var answer = await service.Client.AnswerAsync(McpMessages.Call("long", """{"length":100000}"""));

        Assert.InRange(answer.ResultText().Length, 2000, 2500);
    }

    [Fact]
    public async Task Client_that_leaves_does_not_stop_a_call_up_to_2025_11_25()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var session = await service.Client.InitializeAsync();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = service.Client.SendAsync(McpMessages.Call("slow_note", """{"text":"a"}""", session, """{"toolservice/call_id":"left"}"""), leave.Token);
        await tools.Started;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        tools.Release();
        var again = await service.Client.AnswerAsync(McpMessages.Call("slow_note", """{"text":"a"}""", session, """{"toolservice/call_id":"left"}"""));

        Assert.Equal("added a", again.ResultText());
        Assert.Equal(["a"], tools.Effects);
    }

    [Fact]
    public async Task Cancellation_stops_a_call_and_leaves_it_without_an_answer()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var session = await service.Client.InitializeAsync();

        var call = service.Client.SendAsync(McpMessages.Call("hang", session: session, id: 7), Cancellation);
        await tools.Started;
        await service.Client.AnswerAsync(
            McpMessages.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""", ("Mcp-Session-Id", session)),
            HttpStatusCode.Accepted);
        using var response = await call;

        Assert.Empty(await McpMessages.MessagesOf(response).ToListAsync(Cancellation));
        var record = Assert.Single((await service.Client.GetJsonAsync("/v1/tools/history?tool=hang")).EnumerateArray());
        Assert.Equal("cancelled", record.Text("status"));
    }

    [Fact]
    public async Task Cancellation_of_another_session_stops_nothing()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync();
        var (session, other) = (await service.Client.InitializeAsync(), await service.Client.InitializeAsync());

        var call = service.Client.AnswerAsync(McpMessages.Call("slow_note", """{"text":"a"}""", session, id: 7));
        await tools.Started;
        await service.Client.AnswerAsync(
            McpMessages.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""", ("Mcp-Session-Id", other)),
            HttpStatusCode.Accepted);
        tools.Release();

        Assert.Equal("added a", (await call).ResultText());
    }

    [Fact]
    public async Task Progress_comes_in_order_and_before_the_result()
    {
        await using var service = await AskingTools.StartAsync();
        using var request = McpMessages.Call("count", meta: """{"progressToken":"mine"}""");

        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var messages = await McpMessages.MessagesOf(response).ToListAsync(Cancellation);

        Assert.Equal([1, 2, 3], messages.SkipLast(1).Select(message => message.GetProperty("params").GetProperty("progress").GetInt32()));
        Assert.All(messages.SkipLast(1), message => Assert.Equal("mine", message.GetProperty("params").Text("progressToken")));
        Assert.Equal("counted", messages[^1].ResultText());
    }

    [Fact]
    public async Task Quiet_call_shows_that_it_is_alive()
    {
        TestTools tools = new();
        await using var service = await tools.StartServiceAsync(("McpServer:Heartbeat", "00:00:01"));
        using var request = McpMessages.Call("slow_note", """{"text":"a"}""");

        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        tools.Release();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("added a", Assert.Single(await McpMessages.MessagesOf(response).ToListAsync(Cancellation)).ResultText());
    }

    [Fact]
    public async Task List_comes_in_pages_that_a_changing_catalog_does_not_shift()
    {
        await using var service = await new TestTools().StartServiceAsync(("McpServer:PageSize", "5"));
        List<string> names = [];
        string? cursor = null;
        do
        {
            var parameters = cursor is null ? [] : new JsonObject { ["cursor"] = cursor };
            var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "tools/list", ["params"] = parameters };
            var result = (await service.Client.AnswerAsync(McpMessages.Post(body.ToJsonString()))).GetProperty("result");
            names.AddRange(result.GetProperty("tools").EnumerateArray().Select(tool => tool.Text("name")));
            cursor = result.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        var all = (await service.Client.GetJsonAsync("/v1/tools")).EnumerateArray().Select(tool => tool.Text("name"));
        Assert.Equal(all, names);
    }

    [Fact]
    public async Task Tool_says_what_it_does()
    {
        await using var service = await new TestTools().StartServiceAsync();

        var list = await service.Client.AnswerAsync(McpMessages.Post("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""));

        var tool = list.GetProperty("result").GetProperty("tools").EnumerateArray().Single(tool => tool.Text("name") == "delete_note");
        Assert.True(tool.GetProperty("annotations").GetProperty("destructiveHint").GetBoolean());
        Assert.False(tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean());
        Assert.True(tool.GetProperty("_meta").GetProperty("toolservice/requires_confirmation").GetBoolean());
    }
}

using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools.Mcp;

public class McpElicitationTests
{
    private const string Schema = """{"type":"object","properties":{"name":{"type":"string","default":"Ann"},"age":{"type":"integer"}},"required":["name","age"]}""";

    [Fact]
    public async Task Answer_goes_back_with_the_defaults_of_what_it_leaves_out()
    {
        var call = Answering("""{"age":7}""");

        var answer = await AskAsync(call, Schema);

        Assert.Equal("""{"age":7,"name":"Ann"}""", answer.GetProperty("content").GetRawText());
        Assert.Equal("The MCP server 'fake' asks: Who?", Assert.Single(call.Questions).Message);
    }

    [Fact]
    public async Task Answer_that_does_not_satisfy_the_schema_is_not_sent() =>
        Assert.Equal("cancel", (await AskAsync(Answering("""{"age":"old"}"""), Schema)).GetProperty("action").GetString());

    [Fact]
    public async Task Question_that_nobody_answers_is_cancelled() =>
        Assert.Equal("cancel", (await AskAsync(new FakeRunningCall(), Schema)).GetProperty("action").GetString());

    [Fact]
    public async Task Question_of_a_kind_that_is_not_permitted_reaches_nobody()
    {
        var call = Answering("{}");

        var answer = await AskAsync(call, """{"type":"object","properties":{"a":{"type":"object"}}}""");

        Assert.False(answer.TryGetProperty("action", out _));
        Assert.Empty(call.Questions);
    }

    [Fact]
    public async Task Page_to_open_is_declined()
    {
        var call = Answering("{}");

        var answer = await AskAsync(call, null, """{"mode":"url","url":"https://example.org","elicitationId":"1","message":"Open"}""");

        Assert.Equal("decline", answer.GetProperty("action").GetString());
        Assert.Empty(call.Questions);
    }

    [Fact]
    public async Task Question_goes_to_the_call_in_whose_stream_it_comes_where_several_run()
    {
        await using var server = await FakeMcpServer.StartAsync();
        await using var test = new McpTest(server);
        var tool = await test.ToolAsync();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = 0;
        server.On("tools/call", async (message, context) =>
        {
            var id = message.GetProperty("params").GetProperty("_meta").GetProperty("toolservice/call_id").GetString();
            if (Interlocked.Increment(ref running) == 2)
                both.SetResult();
            await both.Task;
            await FakeMcpServer.SendAsync(context, Question($"q-{id}", Schema, $"I am {id}"));
            var answer = await AnswerAsync(server, $"q-{id}");
            await FakeMcpServer.SendAsync(
                context, FakeMcpServer.Reply(message, $$$"""{"content":[{"type":"text","text":"{{{answer.GetProperty("content").GetProperty("age")}}}"}]}"""));
        });

        var results = await Task.WhenAll(
            McpTest.CallAsync(tool, call: Answering("""{"age":1}""", "call_1")), McpTest.CallAsync(tool, call: Answering("""{"age":2}""", "call_2")));

        Assert.Equal(["1", "2"], results);
    }

    private static FakeRunningCall Answering(string content, string id = "call_1") =>
        new() { CallId = id, Answer = _ => new ElicitationAnswer(ElicitationAction.Accept, JsonElement.Parse(content)) };

    private static async Task<JsonElement> AskAsync(FakeRunningCall call, string? schema, string? parameters = null)
    {
        await using var server = await FakeMcpServer.StartAsync();
        await using var test = new McpTest(server);
        var answered = default(JsonElement);
        server.On("tools/call", async (message, context) =>
        {
            await FakeMcpServer.SendAsync(
                context,
                parameters is null ? Question("q1", schema!, "Who?") : $$"""{"jsonrpc":"2.0","id":"q1","method":"elicitation/create","params":{{parameters}} }""");
            answered = await AnswerAsync(server, "q1");
            await FakeMcpServer.SendAsync(context, FakeMcpServer.Reply(message, """{"content":[]}"""));
        });

        await test.CallAsync(call: call);
        return answered;
    }

    private static string Question(string id, string schema, string text) =>
        $$$"""{"jsonrpc":"2.0","id":"{{{id}}}","method":"elicitation/create","params":{"message":"{{{text}}}","requestedSchema":{{{schema}}}}}""";

    private static async Task<JsonElement> AnswerAsync(FakeMcpServer server, string id)
    {
        while (true)
        {
            foreach (var message in server.Messages)
                if (!message.TryGetProperty("method", out _) && message.GetProperty("id").ToString() == id)
                    return message.TryGetProperty("result", out var result) ? result : message.GetProperty("error");
            await Task.Yield();
        }
    }
}

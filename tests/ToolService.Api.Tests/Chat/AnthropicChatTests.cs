using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class AnthropicChatTests
{
    private const string ThoughtfulCall =
        """
        data: {"type":"message_start","message":{"id":"msg_1","model":"scripted","usage":{"input_tokens":10,"output_tokens":1}}}

        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"It says x."}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

        data: {"type":"content_block_stop","index":0}

        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"echo","input":{}}}

        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"text\":\"x\"}"}}

        data: {"type":"content_block_stop","index":1}

        data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":5}}

        data: {"type":"message_stop"}


        """;

    private readonly TestTools _tools = new();

    [Fact]
    public async Task Model_is_told_which_of_its_calls_failed()
    {
        await using var model = await ScriptedModelServer.StartAsync(FailingCalls(), ScriptedReply.Text("The note is locked."));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, "Do both.");

        Assert.Equal("completed", turn.Text("status"));
        Assert.Equal("The note is locked.", turn.Text("reply"));
        Assert.Equal(20, turn.GetProperty("usage").GetProperty("input_tokens").GetInt64());
        AssertResults(model.Requests[1]);
    }

    [Fact]
    public async Task Model_is_told_which_of_its_calls_failed_also_after_a_restart()
    {
        await using var model = await ScriptedModelServer.StartAsync(FailingCalls(), ScriptedReply.Text("The note is locked."), ScriptedReply.Text("Still."));
        await using var service = await StartAsync(model);
        var turn = await ChatAsync(service, "Do both.");
        await service.RestartAsync();
        _tools.AddTo(service);

        await ChatAsync(service, "And now?", turn.Text("session_id"));

        AssertResults(model.Requests[2]);
        Assert.Equal(
            ["user", "assistant", "user", "assistant", "user"],
            model.Requests[2].Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("role")));
    }

    [Fact]
    public async Task Thoughts_go_back_to_their_model_also_after_a_restart()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Raw("text/event-stream", ThoughtfulCall), ScriptedReply.Text("It said x."), ScriptedReply.Text("x."));
        await using var service = await StartAsync(model);
        var turn = await ChatAsync(service, "Go.");
        await service.RestartAsync();
        _tools.AddTo(service);

        await ChatAsync(service, "What was it?", turn.Text("session_id"));

        Assert.All(model.Requests.Skip(1), request => Assert.Equal(
            """{"type":"thinking","thinking":"It says x.","signature":"c2ln"}""",
            request.Json.GetProperty("messages")[1].GetProperty("content")[0].GetRawText()));
    }

    private static ScriptedReply FailingCalls() => ScriptedReply.Calls(("refuse", ""), ("echo", """{"text":"x"}"""));

    private static void AssertResults(RecordedRequest request)
    {
        Assert.Equal("/v1/messages", request.Path);
        var results = request.Json.GetProperty("messages")[2].GetProperty("content").EnumerateArray().ToList();
        Assert.Equal(["call_1", "call_2"], results.Select(result => result.Text("tool_use_id")));
        Assert.True(results[0].GetProperty("is_error").GetBoolean());
        Assert.Contains("unlock it first", results[0].Text("content"), StringComparison.Ordinal);
        Assert.False(results[1].TryGetProperty("is_error", out _));
        Assert.Equal("x", results[1].Text("content"));
    }

    private static Task<JsonElement> ChatAsync(TestService service, string message, string? session = null) => service.Client.PostJsonAsync(
        "/v1/chat", session is null ? $$"""{"message":"{{message}}"}""" : $$"""{"message":"{{message}}","session_id":"{{session}}"}""");

    private Task<TestService> StartAsync(ScriptedModelServer model) => _tools.StartServiceAsync(model, ("Models:Endpoints:scripted:Api", "Anthropic"));
}

using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class ResponsesModelTests
{
    private readonly TestTools _tools = new();

    [Fact]
    public async Task Model_goes_on_with_what_it_thought_when_it_is_given_results()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Message("One moment.", [("echo", """{"text":"one"}"""), ("refuse", "{}")]), ScriptedReply.Text("Both done."));
        await using var service = await StartAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Do both."}""");

        Assert.Equal(("completed", "Both done."), (turn.Text("status"), turn.Text("reply")));
        Assert.Equal(20, turn.GetProperty("usage").GetProperty("input_tokens").GetInt64());
        Assert.Equal("/v1/responses", model.Requests[1].Path);
        var request = model.Requests[1].Json;
        Assert.Equal("Be brief.", request.Text("instructions"));
        Assert.False(request.GetProperty("store").GetBoolean());
        var input = request.GetProperty("input").EnumerateArray().ToList();
        Assert.Equal(
            ["message", "reasoning", "message", "function_call", "function_call", "function_call_output", "function_call_output"],
            input.Select(item => item.Text("type")));
        Assert.Equal("""{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"thought"}""", input[1].GetRawText());
        Assert.Equal(["call_1", "call_2", "call_1", "call_2"], input[3..].Select(item => item.Text("call_id")));
        Assert.Equal("one", input[5].Text("output"));
        Assert.Contains("unlock it first", input[6].Text("output"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thoughts_are_in_the_session_after_a_restart()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("first"), ScriptedReply.Text("second"));
        await using var service = await StartAsync(model);
        var first = await service.Client.PostJsonAsync("/v1/chat", """{"message":"One."}""");
        await service.RestartAsync();
        _tools.AddTo(service);

        await service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"Two.","session_id":"{{first.Text("session_id")}}"}""");

        Assert.Equal(
            ["message", "reasoning", "function_call", "function_call_output", "reasoning", "message", "message"],
            model.Requests[2].Json.GetProperty("input").EnumerateArray().Select(item => item.Text("type")));
    }

    [Fact]
    public async Task Thoughts_are_not_shown_to_clients()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("Done."));
        await using var service = await StartAsync(model);
        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages");

        Assert.DoesNotContain("thought", messages.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("reasoning", messages.GetRawText(), StringComparison.Ordinal);
    }

    private Task<TestService> StartAsync(ScriptedModelServer model) => _tools.StartServiceAsync(
        model, ("Models:Endpoints:scripted:Api", "OpenAIResponses"), ("Chat:SystemPrompt", "Be brief."));
}

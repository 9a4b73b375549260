using System.Net;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Tools;

public sealed class RepairTests
{
    private const string Nearly = """{'length': "12",}""";

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Model_that_is_nearly_right_has_its_call_run_and_everyone_sees_what_was_repaired()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("long", Nearly)), ScriptedReply.Text("done"));
        await using var service = await StartChatAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        var call = turn.GetProperty("tool_calls")[0];
        var record = await service.Client.GetJsonAsync($"/v1/tools/history/{call.Text("call_id")}");
        var listed = (await service.Client.GetJsonAsync("/v1/tools/history"))[0];
        var stored = (await service.Client.GetJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}")).GetProperty("tool_calls")[0];
        foreach (var shown in (JsonElement[])[call, record, listed, stored])
        {
            Assert.Equal(["trailing_comma", "single_quotes", "text_to_value"], Kinds(shown));
            Assert.Equal("""{"length":12}""", shown.GetProperty("arguments").GetRawText());
            Assert.Equal(new string('x', 12), shown.Text("result"));
        }

        Assert.Equal(("/length", "The string \"12\" became 12."), (call.GetProperty("repairs")[2].Text("pointer"), call.GetProperty("repairs")[2].Text("message")));
    }

    [Fact]
    public async Task Transcript_keeps_what_the_model_wrote_and_the_provider_is_sent_json()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("long", Nearly)), ScriptedReply.Text("done"));
        await using var service = await StartChatAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages");
        Assert.Equal(Nearly, messages[1].GetProperty("tool_calls")[0].Text("arguments"));
        var sent = model.Requests[1].Json.GetProperty("messages").EnumerateArray().Single(message => message.Text("role") == "assistant");
        Assert.Equal("""{"length":"12"}""", sent.GetProperty("tool_calls")[0].GetProperty("function").Text("arguments"));
    }

    [Fact]
    public async Task Text_that_cannot_be_repaired_whole_is_not_sent_back_as_if_it_were()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("long", "{'length': 'twelve'}")), ScriptedReply.Text("sorry"));
        await using var service = await StartChatAsync(model);

        await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        var messages = model.Requests[1].Json.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal("{}", messages.Single(message => message.Text("role") == "assistant").GetProperty("tool_calls")[0].GetProperty("function").Text("arguments"));
        Assert.Contains("not valid JSON", messages[^1].Text("content"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"\ud800"}""")]
    [InlineData("""{"text":{"in":["\udc00"]}}""")]
    [InlineData("""{'text':'\ud800'}""")]
    public async Task Half_a_surrogate_pair_is_an_invalid_argument_and_the_turn_goes_on(string arguments)
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("add_note", arguments)), ScriptedReply.Text("sorry"));
        await using var service = await StartChatAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        Assert.Equal("completed", turn.Text("status"));
        Assert.Equal("invalid_arguments", turn.GetProperty("tool_calls")[0].GetProperty("error").Text("code"));
        var messages = model.Requests[1].Json.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal("{}", messages.Single(message => message.Text("role") == "assistant").GetProperty("tool_calls")[0].GetProperty("function").Text("arguments"));
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Stream_shows_the_repairs_with_the_result()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("long", Nearly)), ScriptedReply.Text("done"));
        await using var service = await StartChatAsync(model);
        using var body = new StringContent("""{"message":"Go.","stream":true}""", System.Text.Encoding.UTF8, "application/json");

        using var response = await service.Client.PostAsync("/v1/chat", body, Cancellation);

        var events = (await response.Content.ReadAsStringAsync(Cancellation)).Split("\n\n");
        var result = JsonElement.Parse(events.Single(text => text.Contains("event: tool_result", StringComparison.Ordinal)).Split("data: ")[1]);
        Assert.Equal(["trailing_comma", "single_quotes", "text_to_value"], Kinds(result.GetProperty("result")));
    }

    [Fact]
    public async Task Policy_turns_it_off_for_a_tool_and_the_model_is_told()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("long", Nearly)), ScriptedReply.Text("sorry"));
        await using var service = await StartChatAsync(model, ("Tools:Policies:long:Repair", "false"));

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        var call = turn.GetProperty("tool_calls")[0];
        Assert.Equal("invalid_arguments", call.GetProperty("error").Text("code"));
        Assert.False(call.TryGetProperty("repairs", out _));
        Assert.Equal(Nearly, call.Text("arguments"));
        Assert.Contains("invalid_arguments", model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Direct_call_is_told_what_is_wrong_with_it()
    {
        await using var service = await _tools.StartServiceAsync();

        var problem = await service.Client.CallAsync("long", """{"length":"12"}""", HttpStatusCode.BadRequest);

        Assert.Equal("/length", problem.GetProperty("errors")[0].Text("pointer"));
        await service.Client.CallAsync("long", "\"{\\\"length\\\":12}\"", HttpStatusCode.BadRequest);
        Assert.False((await service.Client.CallAsync("long", """{"length":12}""")).TryGetProperty("repairs", out _));
    }

    [Theory]
    [InlineData("Tools:Policies:long:Repair")]
    [InlineData("Execution:Repair:Calls")]
    public async Task Direct_call_is_repaired_where_the_operator_says_so(string setting)
    {
        await using var service = await _tools.StartServiceAsync((setting, "true"));

        var one = await service.Client.CallAsync("long", """ "{\"Length\":\"12\"}" """);
        var batch = await service.Client.PostJsonAsync("/v1/tools/call/batch", """{"calls":[{"tool_name":"long","arguments":{"length":"12"}}]}""");

        Assert.Equal(["json_in_string", "renamed", "text_to_value"], Kinds(one));
        Assert.Equal(["text_to_value"], Kinds(batch.GetProperty("results")[0]));
        Assert.Equal(new string('x', 12), one.Text("result"));
    }

    [Fact]
    public async Task Repeated_call_id_is_answered_with_the_repaired_call_also_after_a_restart()
    {
        await using var service = await _tools.StartServiceAsync(("Execution:Repair:Calls", "true"));
        var first = await service.Client.CallAsync("add_note", """{"Text":"x"}""", callId: "a");
        await service.RestartAsync();
        _tools.AddTo(service);

        var second = await service.Client.CallAsync("add_note", """{"Text":"x"}""", callId: "a");
        await service.Client.CallAsync("add_note", """{"Text":"y"}""", HttpStatusCode.Conflict, callId: "a");

        Assert.Equal(["renamed"], Kinds(second));
        Assert.Equal(first.Text("result"), second.Text("result"));
        Assert.Equal(["x"], _tools.Effects);
    }

    [Fact]
    public async Task Person_is_asked_about_the_repaired_arguments_and_the_turn_goes_on_with_them()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", "{'Text': 'x'}")), ScriptedReply.Text("gone"));
        await using var service = await StartChatAsync(model);
        var waiting = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");
        var confirmation = waiting.GetProperty("pending_confirmations")[0];
        await service.RestartAsync();
        _tools.AddTo(service);

        var decided = await service.Client.PostJsonAsync($"/v1/confirmations/{confirmation.Text("id")}", """{"decision":"approve"}""");

        Assert.Equal("""{"text":"x"}""", confirmation.GetProperty("arguments").GetRawText());
        Assert.Equal(["single_quotes", "renamed"], Kinds(decided));
        Assert.Equal(["deleted x"], _tools.Effects);
        var turn = await EndOfAsync(service, waiting.Text("turn_id"));
        Assert.Equal("succeeded", turn.GetProperty("tool_calls")[0].Text("status"));
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task Call_that_the_output_limit_cut_off_is_refused_however_it_could_be_read()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Chunks(
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"add_note","arguments":"{'text': 'one'}"}}]}}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_2","function":{"name":"add_note","arguments":"{\"text\":\"two\""}}]}}]}""",
                """{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}"""),
            ScriptedReply.Text("done"));
        await using var service = await StartChatAsync(model);

        var turn = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Go."}""");

        var calls = turn.GetProperty("tool_calls");
        Assert.Equal("succeeded", calls[0].Text("status"));
        Assert.Equal("invalid_arguments", calls[1].GetProperty("error").Text("code"));
        Assert.Contains("cut off", calls[1].GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.Equal(["one"], _tools.Effects);
        Assert.Contains("cut off", model.Requests[1].Body, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Kinds(JsonElement call) => call.GetProperty("repairs").EnumerateArray().Select(repair => repair.Text("kind"));

    private static async Task<JsonElement> EndOfAsync(TestService service, string turnId)
    {
        while (true)
        {
            var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}");
            if (turn.Text("status") is not ("running" or "awaiting_confirmation"))
                return turn;
            await Task.Yield();
        }
    }

    private Task<TestService> StartChatAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) =>
        _tools.StartServiceAsync([
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Default", "scripted"), .. settings]);
}

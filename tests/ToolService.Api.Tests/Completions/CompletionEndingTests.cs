using System.Net;
using System.Text;
using System.Text.Json;
using OpenAI.Chat;
using ToolService.Testing;

namespace ToolService.Api.Tests.Completions;

public sealed class CompletionEndingTests
{
    private const string Path = "/v1/chat/completions";
    private const string Go = """{"messages":[{"role":"user","content":"Go."}]}""";
    private const string GoStreaming = """{"messages":[{"role":"user","content":"Go."}],"stream":true}""";

    private const string WithClientTools = """
        {"messages":[{"role":"user","content":"Go."}],"service_tools":[],
         "tools":[{"type":"function","function":{"name":"look_up","description":"Looks up."}}]}
        """;

    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Confirmation_is_told_and_the_conversation_goes_on_after_the_decision(bool stream)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Message("I delete.", [("delete_note", """{"text":"x"}""")]), ScriptedReply.Text("Deleted."), ScriptedReply.Text("Yes."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("Delete x.")];

        if (stream)
            conversation.Add(new AssistantChatMessage(await StreamAsync(service, conversation)));
        else
            Assert.Equal(ChatFinishReason.Stop, (await service.ChatClient().AskAsync(conversation)).FinishReason);
        var told = conversation[^1].Content[0].Text;
        var pending = (await service.Client.GetJsonAsync("/v1/confirmations"))[0];
        await service.Client.PostJsonAsync($"/v1/confirmations/{pending.Text("id")}", """{"decision":"approve"}""");
        await EndedAsync(service, pending.Text("turn_id"));
        conversation.Add(new UserChatMessage("Is it gone?"));
        await service.ChatClient().AskAsync(conversation);

        Assert.StartsWith("I delete.\n\n[Waiting for a person", told, StringComparison.Ordinal);
        Assert.Contains(pending.Text("id"), told, StringComparison.Ordinal);
        Assert.Contains($"/v1/chat/turns/{pending.Text("turn_id")}", told, StringComparison.Ordinal);
        var seen = model.Requests[2].Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("content")).Skip(1);
        Assert.Equal(["Delete x.", "I delete.", "deleted x", "Deleted.", "Is it gone?"], seen);
    }

    [Fact]
    public async Task Confirmation_beside_a_tool_of_the_client_is_decided_before_that_is_handed_over()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"x"}"""), ("look_up", """{"key":"a"}""")), ScriptedReply.Text("Fine."));
        await using var service = await _tools.StartServiceAsync(model);
        List<ChatMessage> conversation = [new UserChatMessage("Go.")];
        var told = await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));
        var pending = (await service.Client.GetJsonAsync("/v1/confirmations"))[0];
        await service.Client.PostJsonAsync($"/v1/confirmations/{pending.Text("id")}", """{"decision":"approve"}""");
        await EndedAsync(service, pending.Text("turn_id"));

        conversation.Add(new UserChatMessage("Well?"));
        await service.ChatClient().AskAsync(conversation, Sdk.Offering(Sdk.LookUp));

        Assert.Empty(told.ToolCalls);
        var seen = model.Requests[1].Json.GetProperty("messages").EnumerateArray().Select(message => message.Text("content")).ToList();
        Assert.Equal("deleted x", seen[3]);
        Assert.Contains("outcome_unknown", seen[4], StringComparison.Ordinal);
        Assert.Empty(StrictChatCompletions.Violations(model.Requests[1].Json));
    }

    [Fact]
    public async Task Limit_is_told_as_length_with_what_there_is()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Message("Once more.", [("echo", """{"text":"x"}""")]));
        await using var service = await _tools.StartServiceAsync(model, ("Chat:MaxRounds", "2"));

        var answer = await service.Client.PostJsonAsync(Path, Go);

        Assert.Equal("length", answer.GetProperty("choices")[0].Text("finish_reason"));
        Assert.Equal("Once more.", answer.GetProperty("choices")[0].GetProperty("message").Text("content"));
        Assert.Equal("max_rounds", answer.GetProperty("toolservice").Text("reason"));
    }

    [Fact]
    public async Task Failure_after_tools_ran_asks_not_to_be_tried_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("add_note", """{"text":"x"}""")), ScriptedReply.Error(400, "No."));
        await using var service = await _tools.StartServiceAsync(model);

        using var content = new StringContent(Go, Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(Path, content, Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("false", response.Headers.GetValues("x-should-retry").Single());
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(response.Headers.GetValues("X-Turn-Id").Single(), body.GetProperty("toolservice").Text("turn_id"));
    }

    [Theory]
    [InlineData(Go)]
    [InlineData(GoStreaming)]
    public async Task Client_that_leaves_stops_its_turn(string body)
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("hang", "{}")));
        await using var service = await _tools.StartServiceAsync(model);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var asking = service.Client.PostAsync(Path, content, leave.Token);
        await _tools.Started;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.Equal("cancelled", (await LastTurnAsync(service)).Text("status"));
    }

    [Fact]
    public async Task Request_with_a_key_goes_on_without_its_client_and_is_answered_once()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("slow_note", """{"text":"x"}"""), ("look_up", "{}")));
        await using var service = await _tools.StartServiceAsync(model);
        const string Body = """{"messages":[{"role":"user","content":"Go."}],"tools":[{"type":"function","function":{"name":"look_up"}}]}""";
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asking = SendAsync(service, Body, leave.Token);
        await _tools.Started;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        var repeat = SendAsync(service, Body, Cancellation);
        _tools.Release();
        using var response = await repeat;

        Assert.Equal("true", response.Headers.GetValues("Idempotent-Replayed").Single());
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("tool_calls", answer.GetProperty("choices")[0].Text("finish_reason"));
        Assert.Equal(["x"], _tools.Effects);
        using var other = await SendAsync(service, Go, Cancellation);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task Text_that_is_taken_back_ends_the_stream_with_an_error()
    {
        var whole = ScriptedReply.Text(new string('x', 400));
        await using var model = await ScriptedModelServer.StartAsync(whole with { CutAfter = 3000 }, whole);
        await using var service = await _tools.StartServiceAsync(
            ("Models:Endpoints:retried:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:retried:Model", "retried"),
            ("Models:Endpoints:retried:MaxRetries", "1"), ("Models:Default", "retried"));

        using var content = new StringContent(GoStreaming, Encoding.UTF8, "application/json");
        using var response = await service.Client.PostAsync(Path, content, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        var last = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1];
        Assert.StartsWith("data: {\"error\":{", last, StringComparison.Ordinal);
        Assert.Contains("answer_broke", last, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_that_is_worked_over_is_streamed_without_its_draft()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("its teh x"), ScriptedReply.Text("It is the x."));
        await using var service = await _tools.StartServiceAsync(model, ("Chat:Convergence:Refinement", "True"));

        Assert.Equal("It is the x.", await StreamAsync(service, [new UserChatMessage("Go.")]));
    }

    [Fact]
    public async Task Answer_to_results_alone_is_worked_over()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("its teh x"), ScriptedReply.Text("It is the x."));
        await using var service = await _tools.StartServiceAsync(model, ("Chat:Convergence:Refinement", "True"));

        var answer = await service.Client.PostJsonAsync(Path, """
            {"messages":[
                {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"look_up","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"a","content":"x"}]}
            """);

        Assert.Equal("It is the x.", answer.GetProperty("choices")[0].GetProperty("message").Text("content"));
    }

    [Fact]
    public async Task Model_is_reminded_of_the_clients_tools()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("qqqqqqqqqq", "{}")), ScriptedReply.Text("Fine."));
        await using var service = await _tools.StartServiceAsync(model);

        await service.Client.PostJsonAsync(Path, WithClientTools);

        Assert.Contains("Your tools are: look_up.", model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_is_made_with_the_clients_tools()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Text("1. look_up"), ScriptedReply.Text("Fine."));
        await using var service = await _tools.StartServiceAsync(model, ("Chat:Convergence:Planning", "True"));

        await service.Client.PostJsonAsync(Path, WithClientTools);

        Assert.Contains("- look_up: Looks up.", model.Requests[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_was_taken_back_is_not_shown_to_who_asks_again_with_the_same_key()
    {
        var whole = ScriptedReply.Text(new string('x', 400));
        await using var model = await ScriptedModelServer.StartAsync(whole with { CutAfter = 3000 }, whole);
        await using var service = await _tools.StartServiceAsync(
            ("Models:Endpoints:retried:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:retried:Model", "retried"),
            ("Models:Endpoints:retried:MaxRetries", "1"), ("Models:Default", "retried"));
        using (var broken = await SendAsync(service, GoStreaming, Cancellation))
            Assert.Contains("answer_broke", await broken.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await LastTurnAsync(service);

        using var response = await SendAsync(service, GoStreaming, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        var shown = text.Split("\n\n").Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .SelectMany(line => JsonElement.Parse(line["data: ".Length..]).GetProperty("choices").EnumerateArray())
            .Select(choice => choice.GetProperty("delta").TryGetProperty("content", out var piece) ? piece.GetString() : "");
        Assert.Equal(new string('x', 400), string.Concat(shown));
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task Cancelled_turn_is_an_error()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("hang", "{}"), ("look_up", "{}")));
        await using var service = await _tools.StartServiceAsync(model);
        var asking = service.Client.PostJsonAsync(
            Path, """{"messages":[{"role":"user","content":"Go."}],"tools":[{"type":"function","function":{"name":"look_up"}}]}""", HttpStatusCode.Conflict);
        await _tools.Started;
        var session = (await service.Client.GetJsonAsync("/v1/chat/sessions"))[0];

        await service.Client.PostJsonAsync($"/v1/chat/turns/{session.Text("active_turn_id")}/cancel", "");
        var body = await asking;

        Assert.Equal("turn_cancelled", body.GetProperty("error").Text("code"));
        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{session.Text("session_id")}/messages");
        Assert.Equal(2, messages[2].GetProperty("tool_results").GetArrayLength());
    }

    private static async Task<string> StreamAsync(TestService service, List<ChatMessage> conversation)
    {
        var text = new StringBuilder();
        await foreach (var update in service.ChatClient().CompleteChatStreamingAsync(conversation, cancellationToken: Cancellation))
            text.AppendJoin("", update.ContentUpdate.Select(part => part.Text));
        return text.ToString();
    }

    private static async Task<HttpResponseMessage> SendAsync(TestService service, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "key-1");
        return await service.Client.SendAsync(request, cancellationToken);
    }

    private static async Task<JsonElement> LastTurnAsync(TestService service)
    {
        var session = (await service.Client.GetJsonAsync("/v1/chat/sessions"))[0];
        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{session.Text("session_id")}/messages");
        return await EndedAsync(service, messages[0].Text("turn_id"));
    }

    // Its events end when the turn has.
    private static async Task<JsonElement> EndedAsync(TestService service, string turnId)
    {
        await service.Client.GetStringAsync($"/v1/chat/turns/{turnId}/events", Cancellation);
        return await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}");
    }
}

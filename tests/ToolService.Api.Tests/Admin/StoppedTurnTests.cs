using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Execution;
using ToolService.Testing;

namespace ToolService.Api.Tests.Admin;

public sealed class StoppedTurnTests
{
    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turn_that_waits_for_a_tool_ends_with_a_valid_history_and_its_session_goes_on_later()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"x"}"""), ("hang", "{}"), ("add_note", """{"text":"later"}""")), ScriptedReply.Text("after"));
        await using var service = await StartAsync(model, ("Execution:MaxParallelPerBatch", "2"));
        var chat = ChatAsync(service, "Go.");
        await _tools.Started;

        var stopped = await StopAsync(service);

        Assert.Equal((1, 0), (Count(stopped, "turns_stopped"), Count(stopped, "turns_at_work")));
        // The tool that waits, and one of the others if it was just at work beside it.
        Assert.InRange(Count(stopped, "calls_stopped"), 1, 2);
        var turn = await chat;
        Assert.Equal(("cancelled", "emergency_stop"), (turn.Text("status"), turn.GetProperty("reason").Text("code")));
        Assert.Contains("mails go astray", turn.GetProperty("reason").Text("message"), StringComparison.Ordinal);
        Assert.Contains("cancelled", turn.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("status")));
        await AssertEveryCallHasItsResultAndRecordAsync(service, turn);
        await service.Client.PostJsonAsync("/v1/admin/start", "{}");
        Assert.Equal("after", (await ChatAsync(service, "More.", $",\"session_id\":\"{turn.Text("session_id")}\"")).Text("reply"));
    }

    [Fact]
    public async Task Calls_of_a_round_that_had_not_begun_never_run_and_are_recorded_as_cancelled()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("hang", "{}"), ("add_note", """{"text":"x"}""")));
        await using var service = await StartAsync(model, ("Execution:MaxParallelPerBatch", "1"));
        var chat = ChatAsync(service, "Go.");
        await _tools.Started;

        await StopAsync(service);

        var turn = await chat;
        Assert.Equal(["cancelled", "cancelled"], turn.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("status")));
        Assert.Empty(_tools.Effects);
        await AssertEveryCallHasItsResultAndRecordAsync(service, turn);
    }

    [Fact]
    public async Task Stream_of_the_model_is_cut_and_what_it_wrote_is_kept()
    {
        var chunk = """{"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"So far"}}]}""";
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Chunks(chunk, chunk) with
        {
            Release = Task.Delay(Timeout.InfiniteTimeSpan, Cancellation),
            ReleaseAfter = chunk.Length + "data: \n\n".Length,
        });
        await using var service = await StartAsync(model);
        using var body = new StringContent("""{"message":"Go.","stream":true}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat") { Content = body };
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
        while (await lines.ReadLineAsync(Cancellation) != "event: content")
        {
        }

        var stopped = await StopAsync(service);

        Assert.Equal((1, 0), (Count(stopped, "turns_stopped"), Count(stopped, "turns_at_work")));
        var session = (await service.Client.GetJsonAsync("/v1/chat/sessions"))[0].Text("session_id");
        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{session}/messages");
        Assert.Equal("So far", messages[1].Text("content"));
        var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{messages[1].Text("turn_id")}");
        Assert.Equal(("So far", "emergency_stop"), (turn.Text("reply"), turn.GetProperty("reason").Text("code")));
    }

    [Fact]
    public async Task Watcher_of_the_turn_hears_how_it_ended()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("hang", "{}")));
        await using var service = await StartAsync(model);
        using var body = new StringContent("""{"message":"Go.","stream":true}""", Encoding.UTF8, "application/json");
        var chat = service.Client.PostAsync("/v1/chat", body, Cancellation);
        await _tools.Started;

        await StopAsync(service);

        using var response = await chat;
        var events = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("emergency_stop", events[events.LastIndexOf("event: done", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_is_refused_while_stopped_and_leaves_its_key_free()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var stopped = await StopAsync(service);

        var (problem, _) = await ChatWithKeyAsync(service, HttpStatusCode.ServiceUnavailable);

        Assert.Equal(("stopped", "mails go astray", stopped.Text("since")), (problem.Text("code"), problem.Text("reason"), problem.Text("since")));
        Assert.Empty(model.Requests);
        Assert.Equal(0, (await service.Client.GetJsonAsync("/v1/chat/sessions")).GetArrayLength());
        await service.Client.PostJsonAsync("/v1/admin/start", "{}");
        var (turn, replayed) = await ChatWithKeyAsync(service, HttpStatusCode.OK);
        Assert.Equal(("completed", false), (turn.Text("status"), replayed));
    }

    [Fact]
    public async Task Known_turn_is_answered_while_stopped()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var (first, _) = await ChatWithKeyAsync(service, HttpStatusCode.OK);
        await StopAsync(service);

        var (second, replayed) = await ChatWithKeyAsync(service, HttpStatusCode.OK);

        Assert.True(replayed);
        Assert.Equal(first.Text("turn_id"), second.Text("turn_id"));
    }

    [Fact]
    public async Task Waiting_turn_keeps_waiting_and_goes_on_after_the_start()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("gone"));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service, "Delete x.");
        Assert.Equal(0, Count(await StopAsync(service), "turns_stopped"));
        Assert.Equal("awaiting_confirmation", (await TurnAsync(service, waiting)).Text("status"));
        await service.Client.PostJsonAsync("/v1/admin/start", "{}");

        await service.Client.PostJsonAsync(Confirmation(waiting), """{"decision":"approve"}""");

        Assert.Equal("gone", (await EndOfAsync(service, waiting)).Text("reply"));
        Assert.Equal(["deleted x"], _tools.Effects);
    }

    [Fact]
    public async Task Turn_whose_call_was_denied_while_stopped_goes_on_after_the_start_and_not_before()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("I did not."));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service, "Delete x.");
        await StopAsync(service);

        await service.Client.PostJsonAsync(Confirmation(waiting), """{"decision":"deny","reason":"keep it"}""");

        Assert.Equal(0, Count(await service.Client.GetJsonAsync("/v1/admin/status"), "turns_at_work"));
        Assert.Equal("awaiting_confirmation", (await TurnAsync(service, waiting)).Text("status"));
        Assert.Single(model.Requests);
        await service.Client.PostJsonAsync("/v1/admin/start", "{}");
        Assert.Equal("I did not.", (await EndOfAsync(service, waiting)).Text("reply"));
        Assert.Contains("keep it", model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_turn_can_be_cancelled_while_stopped()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service, "Delete x.");
        await StopAsync(service);

        var cancelled = await service.Client.PostJsonAsync($"/v1/chat/turns/{waiting.Text("turn_id")}/cancel", "");

        Assert.Equal("cancelled", cancelled.Text("status"));
        await AssertEveryCallHasItsResultAndRecordAsync(service, cancelled);
    }

    [Fact]
    public async Task Start_of_a_stopped_service_ends_what_was_at_work_and_leaves_what_waits()
    {
        await using var model = await ScriptedModelServer.StartAsync(request => request.GetRawText().Contains("Delete x.", StringComparison.Ordinal)
            ? ScriptedReply.Calls(("delete_note", """{"text":"x"}"""))
            : ScriptedReply.Calls(("slow_note", """{"text":"x"}""")));
        await using var service = await StartAsync(model, ("Execution:ShutdownGrace", "00:00:00"));
        var waiting = await ChatAsync(service, "Delete x.");
        var chat = ChatAsync(service, "Go.");
        await _tools.Started;
        var stopped = new ServiceState(true, DateTimeOffset.UnixEpoch, "boss", "mails go astray");
        await service.Services.GetRequiredService<IServiceStateStore>().SaveAsync(stopped);

        await service.RestartAsync();

        var turn = await EndOfAsync(service, await chat);
        Assert.Equal(("cancelled", "emergency_stop"), (turn.Text("status"), turn.GetProperty("reason").Text("code")));
        await AssertEveryCallHasItsResultAndRecordAsync(service, turn);
        Assert.Equal("awaiting_confirmation", (await TurnAsync(service, waiting)).Text("status"));
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task No_turn_does_anything_once_the_stop_is_answered_whatever_was_under_way()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            _ => ScriptedReply.Calls(("add_note", """{"text":"x"}"""), ("add_note", """{"text":"y"}""")));
        await using var service = await StartAsync(
            model, ("Chat:MaxRounds", "1000"), ("Chat:MaxToolCalls", "100000"), ("Chat:Convergence:LoopDetection", "False"));
        Task<JsonElement>[] turns = [.. Enumerable.Range(0, 8).Select(_ => ChatAsync(service, "Go."))];
        while (_tools.Effects.Count < 100)
            await Task.Yield();

        var stopped = await StopAsync(service);
        var (effects, requests) = (_tools.Effects.Count, model.Requests.Count);

        Assert.Equal((0, 0), (Count(stopped, "calls_at_work"), Count(stopped, "turns_at_work")));
        foreach (var turn in await Task.WhenAll(turns))
        {
            Assert.Equal("emergency_stop", turn.GetProperty("reason").Text("code"));
            await AssertEveryCallHasItsResultAndRecordAsync(service, turn);
        }

        Assert.Equal((8, effects, requests), (Count(stopped, "turns_stopped"), _tools.Effects.Count, model.Requests.Count));
    }

    private static async Task AssertEveryCallHasItsResultAndRecordAsync(TestService service, JsonElement turn)
    {
        var listed = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages?limit=1000");
        var messages = listed.EnumerateArray().ToList();
        for (var i = 0; i < messages.Count; i++)
        {
            if (!messages[i].TryGetProperty("tool_calls", out var calls))
                continue;
            var ids = calls.EnumerateArray().Select(call => call.Text("call_id")).ToList();
            Assert.Equal(ids, messages[i + 1].GetProperty("tool_results").EnumerateArray().Select(result => result.Text("call_id")));
            foreach (var id in ids)
                Assert.NotEqual("started", (await service.Client.GetJsonAsync($"/v1/tools/history/{id}")).Text("status"));
        }
    }

    private static Task<JsonElement> TurnAsync(TestService service, JsonElement turn) =>
        service.Client.GetJsonAsync($"/v1/chat/turns/{turn.Text("turn_id")}");

    private static async Task<JsonElement> EndOfAsync(TestService service, JsonElement turn)
    {
        while (true)
        {
            var now = await TurnAsync(service, turn);
            if (now.Text("status") is "completed" or "cancelled" or "failed")
                return now;
            await Task.Yield();
        }
    }

    private static async Task<(JsonElement Answer, bool Replayed)> ChatWithKeyAsync(TestService service, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat")
        {
            Content = new StringContent("""{"message":"Go."}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "key-1");
        using var response = await service.Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return (JsonElement.Parse(text), response.Headers.Contains("Idempotent-Replayed"));
    }

    private static Task<JsonElement> ChatAsync(TestService service, string message, string more = "") =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"{{message}}"{{more}}}""");

    private static Task<JsonElement> StopAsync(TestService service) =>
        service.Client.PostJsonAsync("/v1/admin/stop", """{"reason":"mails go astray"}""");

    private static string Confirmation(JsonElement turn) => $"/v1/confirmations/{turn.GetProperty("pending_confirmations")[0].Text("id")}";

    private static int Count(JsonElement status, string member) => status.GetProperty(member).GetInt32();

    private Task<TestService> StartAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) =>
        _tools.StartServiceAsync([
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Default", "scripted"), .. settings]);
}

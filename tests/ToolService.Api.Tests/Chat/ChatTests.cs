using System.Net;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

public sealed class ChatTests
{
    private readonly TestTools _tools = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_comes_back_with_the_calls_that_led_to_it()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"one"}"""), ("add_note", """{"text":"two"}""")), ScriptedReply.Text("Both done."));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, "Do both.");

        Assert.Equal("completed", turn.Text("status"));
        Assert.Equal("Both done.", turn.Text("reply"));
        Assert.Equal(2, turn.GetProperty("rounds").GetInt32());
        Assert.Equal(["one", "added two"], turn.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("result")));
        Assert.Equal(20, turn.GetProperty("usage").GetProperty("input_tokens").GetInt64());
    }

    [Fact]
    public async Task Model_reads_the_results_in_the_order_of_its_calls()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"one"}"""), ("refuse", ""), ("nope", "{}"), ("echo", "{\"text\":"), ("echo", """{"text":"five"}""")),
            ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);

        await ChatAsync(service, "Go.");

        var messages = model.Requests[1].Json.GetProperty("messages").EnumerateArray().ToList();
        var results = messages.Where(message => message.Text("role") == "tool").ToList();
        Assert.Equal(["call_1", "call_2", "call_3", "call_4", "call_5"], results.Select(result => result.Text("tool_call_id")));
        Assert.Equal("one", results[0].Text("content"));
        Assert.Contains("unlock it first", results[1].Text("content"), StringComparison.Ordinal);
        Assert.Contains("unknown_tool", results[2].Text("content"), StringComparison.Ordinal);
        Assert.Contains("invalid_arguments", results[3].Text("content"), StringComparison.Ordinal);
        Assert.Equal("five", results[4].Text("content"));
    }

    [Fact]
    public async Task Session_goes_on_with_everything_said_before()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("first"), ScriptedReply.Text("second"));
        await using var service = await StartAsync(model, ("Chat:SystemPrompt", "Answer in haikus when no tool is needed."));
        var first = await ChatAsync(service, "One.");
        await service.RestartAsync();
        _tools.AddTo(service);

        await ChatAsync(service, "Two.", $",\"session_id\":\"{first.Text("session_id")}\"");

        var messages = model.Requests[2].Json.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["system", "user", "assistant", "tool", "assistant", "user"], messages.Select(message => message.Text("role")));
        Assert.Equal("Answer in haikus when no tool is needed.", messages[0].Text("content"));
        Assert.Equal("Two.", messages[^1].Text("content"));
    }

    [Fact]
    public async Task Long_result_is_bounded_for_the_model_and_whole_in_the_history()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("long", """{"length":5000}""")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model, ("Execution:MaxResultCharacters", "1000"));

        var turn = await ChatAsync(service, "Go.");

        var content = model.Requests[1].Json.GetProperty("messages").EnumerateArray().Single(message => message.Text("role") == "tool").Text("content");
        Assert.True(content.Length < 1300);
        Assert.Contains("1,000 of 5,000", content, StringComparison.Ordinal);
        var record = await service.Client.GetJsonAsync($"/v1/tools/history/{turn.GetProperty("tool_calls")[0].Text("call_id")}");
        Assert.Equal(5000, record.Text("result").Length);
    }

    [Fact]
    public async Task Request_narrows_the_tools_and_never_widens_them()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("add_note", """{"text":"x"}"""), ("refuse", "{}")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model, ("Tools:Denied:0", "refuse"));

        var turn = await ChatAsync(service, "Go.", ""","tools":["echo","refuse"]""");

        Assert.Equal(["echo"], model.Requests[0].Json.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function").Text("name")));
        Assert.All(turn.GetProperty("tool_calls").EnumerateArray(), call => Assert.Equal("not_allowed", call.GetProperty("error").Text("code")));
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Turn_of_one_model_request_says_so_in_words()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Calls(("echo", """{"text":"x"}""")));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service, "Go.", ""","max_rounds":1""");

        Assert.Equal(
            "The turn made one model request, the most it may, without a final answer.", turn.GetProperty("reason").Text("message"));
    }

    [Theory]
    [InlineData("Chat:MaxRounds", "2", "max_rounds")]
    [InlineData("Chat:MaxToolCalls", "2", "max_tool_calls")]
    [InlineData("Chat:MaxTokens", "40", "max_tokens")]
    public async Task Limit_ends_the_turn_as_incomplete_with_everything_kept(string setting, string value, string reason)
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Calls(("echo", """{"text":"again"}""")));
        await using var service = await StartAsync(model, (setting, value));

        var turn = await ChatAsync(service, "Go.");

        Assert.Equal("incomplete", turn.Text("status"));
        Assert.Equal(reason, turn.GetProperty("reason").Text("code"));
        await AssertEveryCallHasItsResultAsync(service, turn);
    }

    [Fact]
    public async Task Rounds_that_only_fail_end_the_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Calls(("nope", "{}")));
        await using var service = await StartAsync(model, ("Chat:MaxFailingRounds", "3"));

        var turn = await ChatAsync(service, "Go.");

        Assert.Equal("max_failing_rounds", turn.GetProperty("reason").Text("code"));
        Assert.Equal(3, turn.GetProperty("rounds").GetInt32());
    }

    [Fact]
    public async Task Deadline_ends_a_turn_that_hangs_in_a_tool()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("hang", "{}")));
        await using var service = await StartAsync(model, ("Chat:Deadline", "00:00:00.5"));

        var turn = await ChatAsync(service, "Go.");

        Assert.Equal("deadline", turn.GetProperty("reason").Text("code"));
        await AssertEveryCallHasItsResultAsync(service, turn);
    }

    [Fact]
    public async Task Failing_model_is_a_502_that_names_the_turn_and_leaks_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Error(401, "key sk-secret is wrong"));
        await using var service = await StartAsync(model);

        var problem = await service.Client.PostJsonAsync("/v1/chat", """{"message":"Hi."}""", HttpStatusCode.BadGateway);

        Assert.Equal("model_error", problem.Text("code"));
        Assert.DoesNotContain("sk-secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("failed", (await service.Client.GetJsonAsync($"/v1/chat/turns/{problem.Text("turn_id")}")).Text("status"));
        // The session is free again.
        await service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"Hi.","session_id":"{{problem.Text("session_id")}}"}""", HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task Second_message_to_a_busy_session_is_a_409_that_names_the_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Text("hello"), ScriptedReply.Calls(("slow_note", """{"text":"x"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var session = $",\"session_id\":\"{(await ChatAsync(service, "Hi.")).Text("session_id")}\"";
        var busy = ChatAsync(service, "Go.", session);
        await _tools.Started;

        var problem = await service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"And?"{{session}}}""", HttpStatusCode.Conflict);
        _tools.Release();

        Assert.Equal("session_busy", problem.Text("code"));
        Assert.Equal((await busy).Text("turn_id"), problem.Text("turn_id"));
    }

    [Fact]
    public async Task Cancel_stops_the_tool_and_keeps_a_valid_history()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("echo", """{"text":"x"}"""), ("hang", "{}")), ScriptedReply.Text("after"));
        await using var service = await StartAsync(model);
        var chat = ChatAsync(service, "Go.");
        await _tools.Started;
        var turnId = (await service.Client.GetJsonAsync("/v1/chat/sessions"))[0].Text("active_turn_id");

        var cancelled = await service.Client.PostJsonAsync($"/v1/chat/turns/{turnId}/cancel", "");
        var again = await service.Client.PostJsonAsync($"/v1/chat/turns/{turnId}/cancel", "");

        Assert.Equal("cancelled", cancelled.Text("status"));
        Assert.Equal("cancelled", again.Text("status"));
        Assert.Equal("cancelled", (await chat).Text("status"));
        await AssertEveryCallHasItsResultAsync(service, cancelled);
        await ChatAsync(service, "More.", $",\"session_id\":\"{cancelled.Text("session_id")}\"");
    }

    [Fact]
    public async Task Client_that_leaves_does_not_stop_the_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("slow_note", """{"text":"x"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var body = new StringContent("""{"message":"Go."}""", System.Text.Encoding.UTF8, "application/json");
        var chat = service.Client.PostAsync("/v1/chat", body, leave.Token);
        await _tools.Started;
        var turnId = (await service.Client.GetJsonAsync("/v1/chat/sessions"))[0].Text("active_turn_id");

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chat);
        _tools.Release();

        Assert.Equal("done", (await TurnAsync(service, turnId, "completed")).Text("reply"));
    }

    [Fact]
    public async Task Turn_waits_for_a_person_and_goes_on_by_itself()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("delete_note", """{"text":"x"}"""), ("echo", """{"text":"meanwhile"}""")), ScriptedReply.Text("gone"));
        await using var service = await StartAsync(model);

        var waiting = await ChatAsync(service, "Delete x.");
        var confirmation = waiting.GetProperty("pending_confirmations")[0];
        Assert.Equal("awaiting_confirmation", waiting.Text("status"));
        Assert.Equal("succeeded", waiting.GetProperty("tool_calls")[1].Text("status"));
        var decided = await service.Client.PostJsonAsync($"/v1/confirmations/{confirmation.Text("id")}", """{"decision":"approve"}""");

        Assert.Equal(waiting.Text("turn_id"), decided.GetProperty("confirmation").Text("turn_id"));
        var turn = await TurnAsync(service, waiting.Text("turn_id"), "completed");
        Assert.Equal("gone", turn.Text("reply"));
        Assert.Equal(["deleted x"], _tools.Effects);
        Assert.Equal(2, model.Requests.Count);
        await AssertEveryCallHasItsResultAsync(service, turn);
    }

    [Fact]
    public async Task Decisions_at_the_same_time_on_one_round_each_count_once()
    {
        var calls = Enumerable.Range(0, 8).Select(i => ("delete_note", $$"""{"text":"{{i}}"}""")).ToArray();
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(calls), ScriptedReply.Text("gone"));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service, "Delete them.");

        // Every second one with edited arguments, so that the call that runs is not the one that the model asked for.
        await Task.WhenAll(waiting.GetProperty("pending_confirmations").EnumerateArray().Select((confirmation, i) => service.Client.PostJsonAsync(
            $"/v1/confirmations/{confirmation.Text("id")}",
            i % 2 == 0 ? """{"decision":"approve"}""" : $$$"""{"decision":"approve","arguments":{"text":"edited {{{i}}}"}}""")));

        var turn = await TurnAsync(service, waiting.Text("turn_id"), "completed");
        Assert.Equal(8, _tools.Effects.Count);
        Assert.All(turn.GetProperty("tool_calls").EnumerateArray(), call => Assert.Equal("succeeded", call.Text("status")));
        Assert.DoesNotContain("outcome_unknown", model.Requests[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("call_id_conflict", model.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denial_is_told_to_the_model()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")), ScriptedReply.Text("I did not."));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service, "Delete x.");

        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"deny","reason":"keep it"}""");

        await TurnAsync(service, waiting.Text("turn_id"), "completed");
        Assert.Contains("keep it", model.Requests[1].Body, StringComparison.Ordinal);
        Assert.Empty(_tools.Effects);
    }

    [Fact]
    public async Task Waiting_turn_survives_a_restart()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("add_note", """{"text":"before"}"""), ("delete_note", """{"text":"x"}""")), ScriptedReply.Text("gone"));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service, "Delete x.");
        await service.RestartAsync();
        _tools.AddTo(service);

        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""");

        Assert.Equal("gone", (await TurnAsync(service, waiting.Text("turn_id"), "completed")).Text("reply"));
        Assert.Equal(["before", "deleted x"], _tools.Effects);
    }

    [Fact]
    public async Task Cancelled_turn_withdraws_its_confirmations()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("delete_note", """{"text":"x"}""")));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service, "Delete x.");

        var cancelled = await service.Client.PostJsonAsync($"/v1/chat/turns/{waiting.Text("turn_id")}/cancel", "");

        Assert.Equal("cancelled", cancelled.Text("status"));
        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"approve"}""", HttpStatusCode.Conflict);
        Assert.Empty(_tools.Effects);
        await AssertEveryCallHasItsResultAsync(service, cancelled);
    }

    [Fact]
    public async Task Stopped_service_goes_on_with_the_turn_when_it_is_back()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var requests = 0;
        await using var model = await ScriptedModelServer.StartAsync(_ =>
        {
            switch (Interlocked.Increment(ref requests))
            {
                case 1:
                    return ScriptedReply.Calls(("add_note", """{"text":"x"}"""));
                case 2:
                    asked.SetResult();
                    return ScriptedReply.Text("never read") with { Release = Task.Delay(Timeout.InfiniteTimeSpan, Cancellation) };
                default:
                    return ScriptedReply.Text("finished");
            }
        });
        await using var service = await StartAsync(model);
        var chat = ChatAsync(service, "Go.");
        await asked.Task;

        await service.RestartAsync();

        var left = await chat;
        Assert.Equal("running", left.Text("status"));
        var turn = await TurnAsync(service, left.Text("turn_id"), "completed");
        Assert.Equal("finished", turn.Text("reply"));
        Assert.Equal(["x"], _tools.Effects);
    }

    [Theory]
    [InlineData("""{"message":""}""", "/message")]
    [InlineData("""{"message":"x","max_rounds":0}""", "/max_rounds")]
    [InlineData("""{"message":"x","model":"nope"}""", "/model")]
    [InlineData("""{"message":"x","tools":[""]}""", "/tools")]
    public async Task Bad_request_is_a_400_that_points_at_the_member(string body, string pointer)
    {
        await using var service = await TestService.StartAsync();

        var problem = await service.Client.PostJsonAsync("/v1/chat", body, HttpStatusCode.BadRequest);

        Assert.Equal(pointer, problem.GetProperty("errors")[0].Text("pointer"));
    }

    [Fact]
    public async Task Session_messages_show_calls_and_results()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var turn = await ChatAsync(service, "Go.");

        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages");

        Assert.Equal(["user", "assistant", "tool", "assistant"], messages.EnumerateArray().Select(message => message.Text("role")));
        var callId = turn.GetProperty("tool_calls")[0].Text("call_id");
        Assert.Equal(callId, messages[1].GetProperty("tool_calls")[0].Text("call_id"));
        Assert.Equal(callId, messages[2].GetProperty("tool_results")[0].Text("call_id"));
    }

    [Fact]
    public async Task Messages_after_the_last_possible_position_are_none()
    {
        await using var service = await TestService.StartAsync();
        var turn = await ChatAsync(service, "Hello.");

        var messages = await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages?after={int.MaxValue}");

        Assert.Equal(0, messages.GetArrayLength());
    }

    [Fact]
    public async Task Deleted_session_is_gone_and_the_history_of_its_calls_stays()
    {
        await using var model = await ScriptedModelServer.StartAsync(ScriptedReply.Calls(("echo", """{"text":"x"}""")), ScriptedReply.Text("done"));
        await using var service = await StartAsync(model);
        var turn = await ChatAsync(service, "Go.");
        var path = $"/v1/chat/sessions/{turn.Text("session_id")}";

        using var deleted = await service.Client.DeleteAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await service.Client.GetJsonAsync(path, HttpStatusCode.NotFound);
        await service.Client.GetJsonAsync($"/v1/tools/history/{turn.GetProperty("tool_calls")[0].Text("call_id")}");
    }

    private static async Task AssertEveryCallHasItsResultAsync(TestService service, JsonElement turn)
    {
        var messages = (await service.Client.GetJsonAsync($"/v1/chat/sessions/{turn.Text("session_id")}/messages?limit=1000")).EnumerateArray().ToList();
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].TryGetProperty("tool_calls", out var calls))
                Assert.Equal(
                    calls.EnumerateArray().Select(call => call.Text("call_id")),
                    messages[i + 1].GetProperty("tool_results").EnumerateArray().Select(result => result.Text("call_id")));
        }
    }

    /// <summary>The turn, when it has come to this status.</summary>
    private static async Task<JsonElement> TurnAsync(TestService service, string id, string status)
    {
        while (true)
        {
            var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{id}");
            if (turn.Text("status") == status)
                return turn;
            await Task.Yield();
        }
    }

    private static Task<JsonElement> ChatAsync(TestService service, string message, string more = "") =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"{{message}}"{{more}}}""");

    private Task<TestService> StartAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) =>
        _tools.StartServiceAsync(model, settings);
}

using System.Collections.Concurrent;
using System.Text.Json;
using ToolService.Testing;

namespace ToolService.Api.Tests.Durability;

public sealed class KilledServiceTests
{
    private const int Clients = 16;
    private const int Times = 3;

    [Fact(Timeout = 180_000)]
    public async Task Every_answered_call_is_in_the_history_once_as_it_was_answered()
    {
        using var service = new KillableService();
        var answered = new ConcurrentDictionary<string, JsonElement>();
        await service.StartAsync();
        for (var time = 0; time < Times; time++)
        {
            var asked = new ConcurrentDictionary<string, string>();
            await service.LoadAndKillAsync(Clients, Random.Shared.Next(300, 600), async (client, request) =>
            {
                // Every other call under an id of the client's own.
                var id = request % 2 == 0 ? $"own-{time}-{client}-{request}" : null;
                var expression = $"{client} * 100000 + {request}";
                if (id is not null)
                    asked[id] = expression;
                var answer = await CallAsync(service, expression, id);
                Assert.True(answered.TryAdd(answer.Text("call_id"), answer), "Two calls were answered with one id.");
            });
            await service.StartAsync();

            await AssertInHistoryAsync(service, answered);
            foreach (var (id, expression) in asked.Where(call => !answered.ContainsKey(call.Key)))
                answered[id] = await CallAsync(service, expression, id);
            await AssertInHistoryAsync(service, answered);
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task Every_answered_turn_is_there_and_every_other_one_comes_to_an_end()
    {
        await using var model = await ScriptedModelServer.StartAsync(Answer, record: false);
        using var service = new KillableService(
            ("Models:Endpoints:scripted:BaseUrl", model.BaseUrl.ToString()), ("Models:Endpoints:scripted:Model", "scripted"),
            ("Models:Endpoints:scripted:ApiKey", "test"), ("Models:Default", "scripted"));
        var answered = new ConcurrentDictionary<string, JsonElement>();
        await service.StartAsync();
        for (var time = 0; time < Times; time++)
        {
            await service.LoadAndKillAsync(Clients, Random.Shared.Next(60, 120), async (client, request) =>
            {
                var turn = await service.PostAsync("/v1/chat", new { message = $"{client} + {request}" });
                Assert.Equal("completed", turn.Text("status"));
                answered[turn.Text("turn_id")] = turn;
            });
            await service.StartAsync();

            var sessions = await service.ListAsync("/v1/chat/sessions?limit=1000");
            await Task.WhenAll(sessions.Select(session => AssertFinishedAsync(service, session.Text("session_id"), answered)));
            var freed = await service.ListAsync("/v1/chat/sessions?limit=1000");
            Assert.DoesNotContain(freed, session => session.TryGetProperty("active_turn_id", out _));
            var lost = answered.Values.Select(turn => turn.Text("session_id")).Except(freed.Select(session => session.Text("session_id")));
            Assert.Empty(lost);
            var goesOn = await service.PostAsync("/v1/chat", new { message = "7 + 8", session_id = sessions[0].Text("session_id") });
            Assert.Equal("completed", goesOn.Text("status"));
        }
    }

    private static Task<JsonElement> CallAsync(KillableService service, string expression, string? id) =>
        service.PostAsync("/v1/tools/call", id is null
            ? new { tool_name = "calculator", arguments = new { expression } }
            : new { tool_name = "calculator", arguments = new { expression }, call_id = id });

    private static async Task AssertInHistoryAsync(KillableService service, ConcurrentDictionary<string, JsonElement> answered)
    {
        var calls = await service.ListAsync("/v1/tools/history?limit=500");
        var history = calls.GroupBy(call => call.Text("call_id")).ToDictionary(same => same.Key, same => same.ToList());
        Assert.All(history.Values, same => Assert.Single(same));
        foreach (var (id, answer) in answered)
        {
            var call = Assert.Single(history[id]);
            Assert.Equal("succeeded", answer.Text("status"));
            Assert.Equal("succeeded", call.Text("status"));
            Assert.Equal(answer.GetProperty("result").GetRawText(), call.GetProperty("result").GetRawText());
        }
    }

    /// <summary>The model: one call of the calculator, then its result as the answer. It refuses a history that a strict provider would.</summary>
    private static ScriptedReply Answer(JsonElement request)
    {
        if (StrictChatCompletions.Violations(request) is { Count: > 0 } violations)
            return ScriptedReply.Error(400, string.Join("; ", violations));

        var last = request.GetProperty("messages").EnumerateArray().Last();
        return last.Text("role") == "tool"
            ? ScriptedReply.Text($"It is {last.Text("content")}.")
            : ScriptedReply.Calls(("calculator", JsonSerializer.Serialize(new { expression = last.Text("content") })));
    }

    private static async Task AssertFinishedAsync(
        KillableService service, string sessionId, ConcurrentDictionary<string, JsonElement> answered)
    {
        var begun = await service.ListAsync($"/v1/chat/sessions/{sessionId}/messages?limit=1000");
        foreach (var turnId in begun.Select(message => message.Text("turn_id")).Distinct())
        {
            var turn = await EndOfAsync(service, turnId);
            Assert.Equal("completed", turn.Text("status"));
            if (answered.TryGetValue(turnId, out var answer))
                Assert.Equal((answer.Text("reply"), Calls(answer)), (turn.Text("reply"), Calls(turn)));
        }

        var messages = await service.ListAsync($"/v1/chat/sessions/{sessionId}/messages?limit=1000");
        foreach (var turn in messages.GroupBy(message => message.Text("turn_id")))
        {
            var parts = turn.ToList();
            Assert.Equal(["user", "assistant", "tool", "assistant"], parts.Select(message => message.Text("role")));
            Assert.Equal(Ids(parts[1], "tool_calls"), Ids(parts[2], "tool_results"));
        }

        static string Calls(JsonElement turn) => string.Join(
            ' ', turn.GetProperty("tool_calls").EnumerateArray().Select(Describe));

        static string Describe(JsonElement call) => $"{call.Text("call_id")} {call.Text("status")} {call.GetProperty("result")}";

        static IEnumerable<string> Ids(JsonElement message, string list) =>
            message.GetProperty(list).EnumerateArray().Select(entry => entry.Text("call_id"));
    }

    /// <summary>The turn, once it is no longer at work; the test's own timeout bounds the wait.</summary>
    private static async Task<JsonElement> EndOfAsync(KillableService service, string turnId)
    {
        while (true)
        {
            var turn = await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}");
            if (turn.Text("status") is not ("queued" or "running"))
                return turn;
            await Task.Yield();
        }
    }
}

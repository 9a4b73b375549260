using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Tools;
using ToolService.Testing;

namespace ToolService.Api.Tests.Chat;

/// <summary>Loops, and calls that are answered from others.</summary>
public sealed class ConvergenceTests
{
    private static readonly (string, string) Sum = ("calculator", """{"expression":"1+1"}""");
    private static readonly (string, string) Product = ("calculator", """{"expression":"2*2"}""");

    private readonly TestTools _tools = new();
    private int _runs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Same_call_without_end_ends_the_turn_and_runs_once()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Calls(Sum));
        await using var service = await StartAsync(model);

        var turn = await ChatAsync(service);

        Assert.Equal(("incomplete", "loop_detected", 4), Ending(turn));
        var calls = turn.GetProperty("tool_calls").EnumerateArray().ToList();
        Assert.All(calls, call => Assert.Equal(2, call.GetProperty("result").GetInt32()));
        Assert.False(calls[0].TryGetProperty("reused_from", out _));
        Assert.All(calls[1..], call => Assert.Equal(calls[0].Text("call_id"), call.Text("reused_from")));
        Assert.Equal([1, 0, 0, 0], await AttemptsAsync(service, calls));
    }

    [Fact]
    public async Task Model_is_told_twice_more_urgently_and_of_other_tools()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Calls(Sum));
        await using var service = await StartAsync(model, ("Tools:Denied:0", "add_*"));

        await ChatAsync(service, ""","tools":["calculator","add_note","echo"]""");

        var results = ResultsIn(model.Requests[3]);
        Assert.Equal("2", results[0]);
        Assert.Contains("this same call before", results[1], StringComparison.Ordinal);
        Assert.Contains("Do not make it again", results[2], StringComparison.Ordinal);
        Assert.All(results[1..], result => Assert.Contains("such as echo.]", result, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_calls_in_turns_are_a_loop()
    {
        var asked = 0;
        await using var model = await ScriptedModelServer.StartAsync(
            _ => ScriptedReply.Calls(Interlocked.Increment(ref asked) % 2 == 1 ? Sum : Product));
        await using var service = await StartAsync(model);

        Assert.Equal(("incomplete", "loop_detected", 8), Ending(await ChatAsync(service)));
    }

    [Fact]
    public async Task Same_call_with_new_results_is_no_loop()
    {
        await using var model = await ModelThatCallsAsync(6, ("count", "{}"));
        await using var service = await StartAsync(model);
        Add(service, () => Interlocked.Increment(ref _runs), "count", new ToolPolicy());

        Assert.Equal("completed", (await ChatAsync(service)).Text("status"));
        Assert.Equal(6, _runs);
    }

    [Fact]
    public async Task Volatile_tool_may_be_polled()
    {
        await using var model = await ModelThatCallsAsync(6, ("poll", "{}"));
        await using var service = await StartAsync(model);
        Add(service, Poll, "poll", new ToolPolicy { ReadOnly = true, Volatile = true });

        Assert.Equal("completed", (await ChatAsync(service)).Text("status"));
        Assert.Equal(6, _runs);
    }

    [Fact]
    public async Task Tool_that_is_not_read_only_runs_each_time()
    {
        await using var model = await ModelThatCallsAsync(3, ("add_note", """{"text":"x"}"""), ("add_note", """{"text":"x"}"""));
        await using var service = await StartAsync(model);

        await ChatAsync(service);

        Assert.Equal(6, _tools.Effects.Count);
    }

    [Fact]
    public async Task Read_after_a_write_is_made_anew()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("poll", "{}")), ScriptedReply.Calls(("add_note", """{"text":"x"}""")), ScriptedReply.Calls(("poll", "{}")),
            ScriptedReply.Calls(("poll", "{}"), ("add_note", """{"text":"y"}""")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);
        Add(service, Poll, "poll", new ToolPolicy { ReadOnly = true });

        await ChatAsync(service);

        Assert.Equal(3, _runs);
    }

    [Fact]
    public async Task Twins_in_a_round_run_once_and_each_has_its_result()
    {
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("poll", "{}"), ("echo", """{"text":"a"}"""), ("poll", "{ }"), ("poll", "")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model);
        Add(service, Poll, "poll", new ToolPolicy { ReadOnly = true });

        var turn = await ChatAsync(service);

        Assert.Equal(1, _runs);
        Assert.Equal(
            ["pending", "a", "pending", "pending"], turn.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("result")));
        Assert.Equal(4, ResultsIn(model.Requests[1]).Count);
    }

    [Fact]
    public async Task Twins_of_a_failed_call_run_themselves()
    {
        _tools.FailuresToCome = 3;
        await using var model = await ScriptedModelServer.StartAsync(
            ScriptedReply.Calls(("flaky", "{}"), ("flaky", "{}")), ScriptedReply.Text("ok"));
        await using var service = await StartAsync(model, ("Tools:Policies:flaky:MaxRetries", "2"));

        var turn = await ChatAsync(service);

        Assert.Equal(["failed", "succeeded"], turn.GetProperty("tool_calls").EnumerateArray().Select(call => call.Text("status")));
    }

    [Fact]
    public async Task Switched_off_every_call_runs_and_rounds_are_the_limit()
    {
        await using var model = await ScriptedModelServer.StartAsync(_ => ScriptedReply.Calls(("poll", "{}")));
        await using var service = await StartAsync(
            model, ("Chat:Convergence:ReuseResults", "False"), ("Chat:Convergence:LoopDetection", "False"), ("Chat:MaxRounds", "6"));
        Add(service, Poll, "poll", new ToolPolicy { ReadOnly = true });

        Assert.Equal(("incomplete", "max_rounds", 6), Ending(await ChatAsync(service)));
        Assert.Equal(6, _runs);
    }

    [Fact]
    public async Task Restart_forgets_no_repeat()
    {
        var (requests, asked) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var model = await ScriptedModelServer.StartAsync(_ =>
        {
            if (Interlocked.Increment(ref requests) != 3)
                return ScriptedReply.Calls(Sum);
            asked.SetResult();
            return ScriptedReply.Text("never read") with { Release = Task.Delay(Timeout.InfiniteTimeSpan, Cancellation) };
        });
        await using var service = await StartAsync(model);
        var chat = ChatAsync(service);
        await asked.Task;

        await service.RestartAsync();

        var turn = await EndAsync(service, (await chat).Text("turn_id"));
        Assert.Equal(("incomplete", "loop_detected", 4), Ending(turn));
        Assert.Equal([1, 0, 0, 0], await AttemptsAsync(service, [.. turn.GetProperty("tool_calls").EnumerateArray()]));
    }

    [Fact]
    public async Task Denied_call_in_between_forgets_no_repeat()
    {
        var requests = 0;
        await using var model = await ScriptedModelServer.StartAsync(
            _ => ScriptedReply.Calls(Interlocked.Increment(ref requests) == 3 ? ("delete_note", """{"text":"x"}""") : Sum));
        await using var service = await StartAsync(model);
        var waiting = await ChatAsync(service);

        await service.Client.PostJsonAsync(
            $"/v1/confirmations/{waiting.GetProperty("pending_confirmations")[0].Text("id")}", """{"decision":"deny"}""");

        Assert.Equal(("incomplete", "loop_detected", 5), Ending(await EndAsync(service, waiting.Text("turn_id"))));
        Assert.Contains("Do not ask for it again", model.Requests[3].Body, StringComparison.Ordinal);
    }

    private static (string Status, string Reason, int Rounds) Ending(JsonElement turn) =>
        (turn.Text("status"), turn.GetProperty("reason").Text("code"), turn.GetProperty("rounds").GetInt32());

    private static List<string> ResultsIn(RecordedRequest request) =>
    [
        .. from message in request.Json.GetProperty("messages").EnumerateArray()
           where message.Text("role") == "tool"
           select message.Text("content"),
    ];

    private static async Task<List<int>> AttemptsAsync(TestService service, List<JsonElement> calls)
    {
        List<int> attempts = [];
        foreach (var call in calls)
        {
            var record = await service.Client.GetJsonAsync($"/v1/tools/history/{call.Text("call_id")}");
            attempts.Add(record.GetProperty("attempts").GetInt32());
        }

        return attempts;
    }

    private static async Task<JsonElement> EndAsync(TestService service, string turnId)
    {
        await new EventReader(service.Client, turnId).ReadAsync("0", int.MaxValue);
        return await service.Client.GetJsonAsync($"/v1/chat/turns/{turnId}");
    }

    private static Task<ScriptedModelServer> ModelThatCallsAsync(int rounds, params (string, string)[] calls)
    {
        var requests = 0;
        return ScriptedModelServer.StartAsync(
            _ => Interlocked.Increment(ref requests) <= rounds ? ScriptedReply.Calls(calls) : ScriptedReply.Text("ok"));
    }

    private static void Add(TestService service, Delegate method, string name, ToolPolicy policy) =>
        service.Services.GetRequiredService<ToolRegistry>().Replace("more", [ToolFactory.FromMethod(method, name, "Looks.", policy)]);

    private string Poll()
    {
        Interlocked.Increment(ref _runs);
        return "pending";
    }

    private static Task<JsonElement> ChatAsync(TestService service, string more = "") =>
        service.Client.PostJsonAsync("/v1/chat", $$"""{"message":"Go."{{more}}}""");

    private Task<TestService> StartAsync(ScriptedModelServer model, params (string Name, string Value)[] settings) =>
        _tools.StartServiceAsync(model, settings);
}

using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

/// <summary>What becomes of a call whose process was killed while the tool ran: its record says <see cref="CallStatus.Started"/>.</summary>
public class CrashRecoveryTests
{
    private const string Arguments = """{"text":"x"}""";

    private int _runs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tool_with_effects_is_not_run_again_and_its_outcome_is_unknown()
    {
        await using var executor = await CrashedAsync(new ToolPolicy());

        var first = await executor.CallAsync("tool", Arguments, "lost", Cancellation);
        var second = await executor.CallAsync("tool", Arguments, "lost", Cancellation);

        Assert.Equal(CallStatus.OutcomeUnknown, first.Call.Status);
        Assert.Equal(ToolErrorCode.OutcomeUnknown, first.Call.Error?.Code);
        Assert.Equal(CallStatus.OutcomeUnknown, second.Call.Status);
        Assert.Equal(first.Call.Error, second.Call.Error);
        Assert.Equal(0, _runs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tool_that_may_run_again_runs_once_more_under_the_same_id(bool readOnly)
    {
        await using var executor = await CrashedAsync(new ToolPolicy { ReadOnly = readOnly, Idempotent = !readOnly });

        var first = await executor.CallAsync("tool", Arguments, "lost", Cancellation);
        var second = await executor.CallAsync("tool", Arguments, "lost", Cancellation);

        Assert.Equal(CallStatus.Succeeded, first.Call.Status);
        Assert.Equal("\"did x\"", first.Call.Result);
        Assert.Equal(
            (first.Call.Status, first.Call.Result, first.Call.Attempts), (second.Call.Status, second.Call.Result, second.Call.Attempts));
        Assert.Equal(1, _runs);
    }

    [Theory]
    [InlineData("turn_1", 0)]
    [InlineData(null, 1)]
    public async Task Call_that_was_told_to_come_back_starts_again_when_it_is_sent_again_but_not_when_its_turn_goes_on(string? turn, int runs)
    {
        await using var executor = await CrashedAsync(new ToolPolicy());
        var busy = new ToolError(ToolErrorCode.Unavailable, "Too many calls are waiting.", Retryable: true);
        var known = (await executor.Store.FindAsync("lost", null, Cancellation))! with { CallId = "busy", TurnId = turn, Status = CallStatus.Rejected, Error = busy };
        Assert.True(await executor.Store.TryAddAsync(known));

        await executor.Executor.ExecuteAsync(
            new ToolCall("busy", "tool", Arguments), TestExecutor.Context(mayExist: true) with { TurnId = turn }, Cancellation);

        Assert.Equal(runs, _runs);
    }

    [Fact]
    public async Task Everybody_who_asks_at_once_is_told_the_same()
    {
        await using var executor = await CrashedAsync(new ToolPolicy { Idempotent = true });

        Task<ToolResult> AskAsync() => Task.Run(() => executor.CallAsync("tool", Arguments, "lost", Cancellation), Cancellation);

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskAsync()));

        Assert.All(results, result => Assert.Equal("\"did x\"", result.Call.Result));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Other_call_under_the_lost_id_is_a_conflict_and_leaves_it_as_it_is()
    {
        await using var executor = await CrashedAsync(new ToolPolicy());

        var other = await executor.CallAsync("tool", """{"text":"y"}""", "lost", Cancellation);

        Assert.Equal(ToolErrorCode.CallIdConflict, other.Call.Error?.Code);
        Assert.Equal(CallStatus.Started, (await executor.Store.FindAsync("lost", null, Cancellation))?.Status);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task Tool_that_is_gone_leaves_the_outcome_unknown()
    {
        await using var executor = await CrashedAsync(new ToolPolicy { Idempotent = true });
        executor.Registry.Replace("code", []);

        Assert.Equal(CallStatus.OutcomeUnknown, (await executor.CallAsync("tool", Arguments, "lost", Cancellation)).Call.Status);
    }

    private async Task<TestExecutor> CrashedAsync(ToolPolicy policy)
    {
        var executor = await TestExecutor.StartAsync(ToolFactory.FromMethod(Do, "tool", "Does it.", policy));
        await executor.CrashAsync("lost", "tool", Arguments);
        return executor;
    }

    private string Do(string text)
    {
        Interlocked.Increment(ref _runs);
        return $"did {text}";
    }
}

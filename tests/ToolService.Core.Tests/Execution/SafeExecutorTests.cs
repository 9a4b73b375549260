using System.Runtime.CompilerServices;
using ToolService.Core.Execution;
using ToolService.Core.Tests.Models;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public class SafeExecutorTests
{
    private static readonly ToolPolicy ReadOnly = new() { ReadOnly = true, MaxRetries = 0 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Batch_has_one_result_per_call_in_order_whatever_becomes_of_them(int seed)
    {
        var random = new Random(seed);
        var releases = Enumerable.Range(0, 100).Select(_ => new TaskCompletionSource()).ToArray();
        await using var executor = await TestExecutor.StartAsync(
            Tool(async (int index) =>
            {
                await releases[index].Task;
                return (index % 3) switch
                {
                    0 => index,
                    1 => throw new ToolException($"refused {index}"),
                    _ => throw new InvalidOperationException(),
                };
            }));
        var ids = Enumerable.Range(0, releases.Length).Select(index => $"call-{index}").ToList();
        var calls = ids.Select((id, index) => new ToolCall(id, index % 10 == 9 ? "nope" : "tool", $$"""{"index":{{index}}}"""));

        var batch = executor.Executor.ExecuteAllAsync([.. calls.Select(call => (call, TestExecutor.Context()))], cancellationToken: Cancellation);
        random.Shuffle(releases);
        foreach (var release in releases)
            release.SetResult();
        var results = await batch;

        Assert.Equal(ids, results.Select(result => result.Call.CallId));
        Assert.All(results, (result, index) => Assert.Equal(Expected(index), result.Call.Status));
        Assert.All(results.Where(result => result.Success), result => Assert.Equal(result.Call.CallId, $"call-{result.Call.Result}"));
        var stored = await executor.Store.ListAsync(new CallQuery { Limit = 1000 }, Cancellation);
        Assert.Equal(ids.Order(StringComparer.Ordinal), stored.Calls.Select(call => call.CallId).Order(StringComparer.Ordinal));

        static CallStatus Expected(int index) =>
            index % 10 == 9 ? CallStatus.Rejected : index % 3 == 0 ? CallStatus.Succeeded : CallStatus.Failed;
    }

    [Fact]
    public async Task Abandoned_tool_frees_its_slot_and_its_late_exception_is_heard()
    {
        var time = new FakeTime();
        var late = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Add(e.Exception);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await using var executor = await TestExecutor.StartAsync(
                time, new ExecutionOptions { MaxQueuedCalls = 0 },
                Tool(
                    (bool hang) => hang ? late.Task : Task.FromResult(1),
                    ReadOnly with { MaxParallel = 1, Timeout = TimeSpan.FromSeconds(5) }));
            var hung = executor.CallAsync("tool", """{"hang":true}""", cancellationToken: Cancellation);
            await time.WaitForTimersAsync(1);
            var busy = await executor.CallAsync("tool", """{"hang":false}""", cancellationToken: Cancellation);
            time.Advance(TimeSpan.FromSeconds(5));

            Assert.Equal(CallStatus.TimedOut, (await hung).Call.Status);
            Assert.Equal(CallStatus.Rejected, busy.Call.Status);
            Assert.True((await executor.CallAsync("tool", """{"hang":false}""", cancellationToken: Cancellation)).Success);

            Throw(late);
            Assert.Equal("late", (await executor.Logger.AbandonedToolEnded.WaitAsync(Cancellation))?.Message);
        }
        finally
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(unobserved, exception => exception.InnerException?.Message == "late");
    }

    [Fact]
    public async Task Running_call_is_cancelled_when_the_grace_of_a_stopping_service_is_over()
    {
        var time = new FakeTime();
        await using var executor = await TestExecutor.StartAsync(
            time, new ExecutionOptions { ShutdownGrace = TimeSpan.FromSeconds(10) },
            Tool((CancellationToken stop) => Task.Delay(Timeout.Infinite, stop), new ToolPolicy { Timeout = TimeSpan.FromHours(1) }));
        var call = executor.CallAsync("tool", id: "a", cancellationToken: Cancellation);
        await time.WaitForTimersAsync(1);

        executor.Lifetime.StopApplication();
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var result = await call;

        Assert.Equal(CallStatus.Cancelled, result.Call.Status);
        Assert.StartsWith("The service is stopping", result.Call.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(CallStatus.Cancelled, (await executor.Store.FindAsync("a", null, Cancellation))?.Status);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(11, 1)]
    public async Task Wait_that_the_other_side_asks_for_is_kept_or_not_begun(int seconds, int attempts)
    {
        var wait = TimeSpan.FromSeconds(seconds);
        var time = new ManualTime(ManualTime.Start) { StandStill = TimeSpan.FromSeconds(15) };
        await using var executor = await TestExecutor.StartAsync(
            time, new ExecutionOptions { MaxRetryDelay = TimeSpan.FromSeconds(10) },
            Tool(
                int () => throw new ToolException("Busy.") { Retryable = true, RetryAfter = wait },
                new ToolPolicy { ReadOnly = true, MaxRetries = 2 }));

        var result = await executor.CallAsync("tool", cancellationToken: Cancellation);

        Assert.Equal(attempts, result.Call.Attempts);
        Assert.True(result.Call.Error!.Retryable);
        Assert.Equal(Enumerable.Repeat(wait, attempts - 1), time.Waits);
    }

    [Fact]
    public async Task Tool_that_keeps_failing_is_paused_and_tried_again_after_the_pause()
    {
        var time = new FakeTime();
        var (failing, starts) = (true, 0);
        await using var executor = await TestExecutor.StartAsync(
            time, new ExecutionOptions { BreakerMinimumAttempts = 2, BreakerPause = TimeSpan.FromSeconds(15) },
            Tool(
                () =>
                {
                    starts++;
                    return failing ? throw new ToolException("Down.") { Retryable = true } : "up";
                },
                ReadOnly));
        Task<ToolResult> CallAsync() => executor.CallAsync("tool", cancellationToken: Cancellation);
        Assert.Equal(CallStatus.Failed, (await CallAsync()).Call.Status);
        Assert.Equal(CallStatus.Failed, (await CallAsync()).Call.Status);
        Assert.Equal(CallStatus.Rejected, (await CallAsync()).Call.Status);

        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(CallStatus.Failed, (await CallAsync()).Call.Status);
        var paused = await CallAsync();
        Assert.Equal(ToolErrorCode.Unavailable, paused.Call.Error?.Code);
        Assert.Equal(3, starts);

        failing = false;
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.True((await CallAsync()).Success);
        Assert.True((await CallAsync()).Success);
    }

    private static Tool Tool(Delegate method, ToolPolicy? policy = null) => ToolFactory.FromMethod(method, "tool", "Does it.", policy);

    // In a method of its own, so that nothing on the test's stack keeps the exception's task alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(TaskCompletionSource<int> late) => late.SetException(new InvalidOperationException("late"));
}

using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public class CancellationHandlerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tool_that_throws_when_it_is_told_to_stop_is_still_a_result(bool byCaller)
    {
        var time = new FakeTime();
        using var caller = new CancellationTokenSource();
        await using var executor = await TestExecutor.StartAsync(
            time, new ExecutionOptions(),
            Tool(
                async (CancellationToken stop) =>
                {
                    await using var registration = stop.Register(() => throw new InvalidOperationException("There is no process to kill."));
                    await Task.Delay(Timeout.Infinite, CancellationToken.None);
                },
                new ToolPolicy { Timeout = TimeSpan.FromSeconds(5) }));
        var call = executor.CallAsync("tool", id: "a", cancellationToken: caller.Token);
        await time.WaitForTimersAsync(1);

        if (byCaller)
            await caller.CancelAsync();
        else
            time.Advance(TimeSpan.FromSeconds(5));

        var expected = byCaller ? CallStatus.Cancelled : CallStatus.TimedOut;
        Assert.Equal(expected, (await call).Call.Status);
        Assert.Equal(expected, (await executor.Store.FindAsync("a", null, Cancellation))?.Status);
    }

    private static Tool Tool(Delegate method, ToolPolicy? policy = null) => ToolFactory.FromMethod(method, "tool", "Does it.", policy);
}

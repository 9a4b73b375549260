using ToolService.Core.Execution;
using ToolService.Core.Tests.Tools.Sources;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tests.Execution;

/// <summary>Calls of tools whose source is still being reached.</summary>
public sealed class UnloadedToolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_that_is_cancelled_while_its_source_loads_is_not_called_unknown()
    {
        await using var executor = await TestExecutor.StartAsync();
        executor.Sources.Add(new TestSource("far", token => NeverAsync(token)));
        using CancellationTokenSource caller = new();
        var call = executor.CallAsync("far_hello", cancellationToken: caller.Token);

        await caller.CancelAsync();

        Assert.Equal((CallStatus.Cancelled, ToolErrorCode.Cancelled), await EndOf(call));
    }

    [Fact]
    public async Task Stop_of_the_service_ends_a_call_whose_source_loads()
    {
        await using var executor = await TestExecutor.StartAsync();
        var source = new TestSource("far", token => NeverAsync(token));
        executor.Sources.Add(source);
        var call = executor.CallAsync("far_hello", cancellationToken: Cancellation);

        await executor.Stop.StopAsync("operator", null);

        Assert.Equal(CallStatus.Cancelled, (await EndOf(call)).Status);
    }

    [Fact]
    public async Task Harmless_call_found_started_is_not_written_off_because_its_caller_leaves()
    {
        await using var executor = await TestExecutor.StartAsync();
        TaskCompletionSource<SourceTools> loaded = new();
        executor.Sources.Add(new TestSource("far", _ => loaded.Task));
        await executor.CrashAsync("call_1", "far_hello");
        using CancellationTokenSource caller = new();
        var call = executor.CallAsync("far_hello", id: "call_1", cancellationToken: caller.Token);

        await caller.CancelAsync();
        loaded.SetResult(new SourceTools([TestSource.Tool("far_hello")]));

        Assert.Equal(CallStatus.Cancelled, (await EndOf(call)).Status);
    }

    private static async Task<(CallStatus Status, ToolErrorCode? Code)> EndOf(Task<ToolResult> call) =>
        ((await call).Call.Status, (await call).Call.Error?.Code);

    private static async Task<SourceTools> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }
}

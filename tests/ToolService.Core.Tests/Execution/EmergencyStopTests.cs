using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Execution;
using ToolService.Core.Storage;
using ToolService.Core.Tests.Storage;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution;

public sealed class EmergencyStopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_holds_although_it_cannot_be_saved_and_says_so()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var stop = NewStop(database, TimeProvider.System);
        await database.Queue.StopAsync();

        var report = await stop.StopAsync("boss", "now");

        Assert.False(report.IsSaved);
        Assert.True(stop.IsStopped);
        Assert.Null(stop.TryEnter(WorkKind.Call));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task State_that_was_saved_last_is_what_the_next_process_begins_with(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var first = NewStop(database, TimeProvider.System);
        await first.StopAsync("ann", "one");
        await first.StartAsync("bob");
        var stopped = await first.StopAsync("boss", "two");
        var next = NewStop(database, TimeProvider.System);

        await ((IHostedService)next).StartAsync(Cancellation);

        Assert.Equal((true, "boss", "two"), (next.IsStopped, next.State.ChangedBy, next.State.Reason));
        Assert.Equal(stopped.State.Since, next.State.Since, TimeSpan.FromMicroseconds(1));
        Assert.True(next.Report.IsSaved);
        Assert.True(next.Enter(WorkKind.Turn).IsStopped);
    }

    [Fact]
    public async Task Stop_waits_a_bounded_time_for_what_does_not_end_and_names_it()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var time = new FakeTime();
        var stop = NewStop(database, time);
        using var call = stop.TryEnter(WorkKind.Call);
        using var turn = stop.TryEnter(WorkKind.Turn);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        turn!.Token.Register(() =>
        {
            turn.Dispose();
            ended.SetResult();
        });

        var stopping = stop.StopAsync("boss", null);
        await ended.Task;
        while (!stopping.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var report = await stopping;
        Assert.Equal((1, 0), (report.CallsAtWork, report.TurnsAtWork));
    }

    [Fact]
    public async Task Start_that_meets_a_stop_leaves_one_state_in_memory_and_in_the_store()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var stop = NewStop(database, TimeProvider.System);
        for (var i = 0; i < 50; i++)
        {
            await Task.WhenAll(Task.Run(() => stop.StopAsync("ann", null), Cancellation), Task.Run(() => stop.StartAsync("bob"), Cancellation));

            var saved = await database.Services.GetRequiredService<IServiceStateStore>().FindAsync(Cancellation);
            Assert.Equal(stop.IsStopped, saved?.IsStopped ?? false);
            using var work = stop.TryEnter(WorkKind.Call);
            Assert.Equal(stop.IsStopped, work is null);
            Assert.False(work?.IsStopped ?? false);
        }
    }

    [Fact]
    public async Task Call_that_waits_for_its_next_attempt_is_not_tried_again()
    {
        var starts = 0;
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tool = ToolFactory.FromMethod(
            string () =>
            {
                starts++;
                failed.TrySetResult();
                throw new ToolException("Busy.") { Retryable = true };
            },
            "busy", "Is busy.", new ToolPolicy { Idempotent = true });
        await using var service = await TestExecutor.StartAsync(
            TimeProvider.System, new ExecutionOptions { RetryDelay = TimeSpan.FromMinutes(5), MaxRetryDelay = TimeSpan.FromMinutes(10) }, tool);
        var call = service.CallAsync("busy", cancellationToken: Cancellation);
        await failed.Task;

        var report = await service.Stop.StopAsync("boss", null);

        var ended = (await call).Call;
        Assert.Equal((CallStatus.Cancelled, 1, 1), (ended.Status, starts, report.CallsStopped));
        Assert.Contains("operator stopped", ended.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_that_a_crash_cut_is_not_started_again_while_stopped_and_keeps_its_right_to_be()
    {
        var starts = 0;
        var tool = ToolFactory.FromMethod(() => ++starts, "count", "Counts.", new ToolPolicy { Idempotent = true });
        await using var service = await TestExecutor.StartAsync(tool);
        await service.CrashAsync("cut", "count");
        await service.Stop.StopAsync("boss", null);

        var refused = await service.CallAsync("count", id: "cut", cancellationToken: Cancellation);
        var kept = await service.Store.FindAsync("cut", "local", Cancellation);
        await service.Stop.StartAsync("boss");
        var answer = await service.CallAsync("count", id: "cut", cancellationToken: Cancellation);

        Assert.Equal((ToolErrorCode.Stopped, CallStatus.Started), (refused.Call.Error!.Code, kept!.Status));
        Assert.Equal((CallStatus.Succeeded, 1), (answer.Call.Status, starts));
    }

    private static EmergencyStop NewStop(TestDatabase database, TimeProvider time) =>
        new(database.Services.GetRequiredService<IServiceStateStore>(), time, NullLogger<EmergencyStop>.Instance);
}

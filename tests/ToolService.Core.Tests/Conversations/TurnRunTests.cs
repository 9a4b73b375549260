using FsCheck.Fluent;
using ToolService.Core.Conversations;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations;

public class TurnRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_watcher_sees_every_event_in_order_whenever_it_begins()
    {
        // How many events are published before each watcher begins, and how many in all.
        var cases = from starts in Gen.Choose(0, 200).NonEmptyListOf()
                    from events in Gen.Choose(0, 200)
                    select (Starts: starts.Select(start => Math.Min(start, events)).ToArray(), Events: events);
        foreach (var (starts, events) in cases.Sample(30))
        {
            var run = new TurnRun("turn_1");
            var watchers = new List<Task<List<TurnEvent>>>();
            for (var next = 0; next <= events; next++)
            {
                watchers.AddRange(starts.Where(start => start == next).Select(_ => Task.Run(() => WatchAsync(run), Cancellation)));
                if (next < events)
                    run.Publish(new TurnEvent.Content($"{next}"));
            }

            run.Complete(Report());

            Assert.Equal(starts.Length, watchers.Count);
            foreach (var watcher in watchers)
                AssertComplete(await watcher, events);
            AssertComplete(await WatchAsync(run), events);
        }
    }

    [Fact]
    public async Task Slow_watcher_holds_neither_the_turn_nor_the_others()
    {
        var run = new TurnRun("turn_1");
        run.Publish(new TurnEvent.Content("0"));
        await using var slow = run.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await slow.MoveNextAsync());
        var fast = WatchAsync(run);

        for (var i = 1; i < 1000; i++)
            run.Publish(new TurnEvent.Content($"{i}"));
        run.Complete(Report());

        AssertComplete(await fast, 1000);
        List<TurnEvent> seen = [slow.Current];
        while (await slow.MoveNextAsync())
            seen.Add(slow.Current);
        AssertComplete(seen, 1000);
    }

    [Fact]
    public async Task Publishing_runs_no_watchers_code()
    {
        var run = new TurnRun("turn_1");
        using var blocked = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watcher = Task.Run(
            async () =>
            {
                await foreach (var _ in run.WatchAsync(Cancellation))
                {
                    reached.TrySetResult();
                    blocked.Wait(Cancellation);
                }
            },
            Cancellation);

        // On this thread: it would not get past the first event that a watcher handles here.
        run.Publish(new TurnEvent.Content("0"));
        await reached.Task.WaitAsync(Cancellation);
        run.Publish(new TurnEvent.Content("1"));
        run.Complete(Report());
        Assert.True(run.Completion.IsCompletedSuccessfully);

        blocked.Set();
        await watcher;
    }

    [Fact]
    public async Task Watcher_that_leaves_takes_nothing_from_the_others()
    {
        var run = new TurnRun("turn_1");
        using var leave = new CancellationTokenSource();
        await using var leaving = run.WatchAsync(leave.Token).GetAsyncEnumerator(Cancellation);
        var waiting = leaving.MoveNextAsync().AsTask();
        var staying = WatchAsync(run);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        run.Publish(new TurnEvent.Content("0"));
        run.Complete(Report());

        AssertComplete(await staying, 1);
    }

    [Fact]
    public async Task Lost_turn_ends_the_watch()
    {
        var run = new TurnRun("turn_1");
        var watcher = WatchAsync(run);

        run.Fail(new InvalidOperationException("The disk is full."));

        Assert.IsType<TurnEvent.Lost>(Assert.Single(await watcher));
        await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion);
    }

    private static async Task<List<TurnEvent>> WatchAsync(TurnRun run)
    {
        List<TurnEvent> seen = [];
        await foreach (var turnEvent in run.WatchAsync(Cancellation))
            seen.Add(turnEvent);
        return seen;
    }

    private static TurnReport Report() => new(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed), [], []);

    private static void AssertComplete(List<TurnEvent> seen, int events)
    {
        Assert.Equal(Enumerable.Range(0, events).Select(i => $"{i}"), seen.OfType<TurnEvent.Content>().Select(content => content.Text));
        Assert.Equal(events + 1, seen.Count);
        Assert.IsType<TurnEvent.Ended>(seen[^1]);
    }
}

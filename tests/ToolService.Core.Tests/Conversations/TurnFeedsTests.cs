using FsCheck.Fluent;
using ToolService.Core.Conversations;

namespace ToolService.Core.Tests.Conversations;

public class TurnFeedsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_watcher_sees_the_stored_log_after_its_place_whenever_it_begins()
    {
        // How many events there are, and for each watcher how many are published before it begins, and what it has seen of them.
        var cases = from events in Gen.Choose(0, 300)
                    from watchers in (from start in Gen.Choose(0, events) from after in Gen.Choose(0, start) select (start, after)).NonEmptyListOf()
                    select (Events: events, Watchers: watchers);
        foreach (var (events, watchers) in cases.Sample(15))
        {
            await using var turn = await TestEvents.StartAsync();
            var run = turn.NewRun();
            var log = turn.LogOf(run);
            List<(int After, Task<List<TurnEventRecord>> Seen)> watches = [];
            for (var next = 0; next <= events; next++)
            {
                watches.AddRange(watchers.Where(watcher => watcher.start == next)
                    .Select(watcher => (watcher.after, Task.Run(() => turn.WatchAsync(watcher.after), Cancellation))));
                if (next < events)
                    log.Publish(new TurnEvent.Calls([]));
                if (next % 50 == 0)
                    await log.WriteAsync(records => AppendAsync(turn, records));
            }

            await turn.EndAsync(run, log);

            var stored = await turn.StoredAsync();
            Assert.Equal(Enumerable.Range(1, events + 1), stored.Select(record => record.Sequence));
            Assert.Equal(watchers.Count, watches.Count);
            foreach (var (after, seen) in watches)
                Assert.Equal(stored.Skip(after), await seen);
        }
    }

    [Fact]
    public async Task Watcher_that_fell_behind_what_is_held_reads_on_in_the_store()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);
        log.Publish(new TurnEvent.Calls([]));
        await log.WriteAsync(records => AppendAsync(turn, records));
        await using var slow = turn.Feeds.WatchAsync(TestEvents.TurnId, 0, true, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await slow.MoveNextAsync());

        for (var i = 0; i < 1000; i++)
            log.Publish(new TurnEvent.Calls([]));
        await turn.EndAsync(run, log);

        List<TurnEventRecord> seen = [slow.Current];
        while (await slow.MoveNextAsync())
            seen.Add(slow.Current);
        Assert.Equal(await turn.StoredAsync(), seen);
        Assert.Equal(1002, seen.Count);
    }

    [Fact]
    public async Task Watcher_sees_no_event_before_it_is_durable()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);
        var watch = turn.Feeds.WatchAsync(TestEvents.TurnId, 0, true, Cancellation).GetAsyncEnumerator(Cancellation);
        await using var disposal = watch;
        var first = watch.MoveNextAsync().AsTask();

        log.Publish(new TurnEvent.Calls([]));
        await log.WriteAsync(async records =>
        {
            Assert.Empty(await turn.StoredAsync());
            Assert.False(first.IsCompleted);
            return await AppendAsync(turn, records);
        });

        Assert.True(await first);
        await log.DisposeAsync();
    }

    [Fact]
    public async Task Watcher_that_waits_for_no_decision_ends_when_the_turn_is_left()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);
        var watcher = Task.Run(() => turn.WatchAsync(untilEnded: false), Cancellation);

        log.Publish(new TurnEvent.Calls([]));
        await log.WriteAsync(records => AppendAsync(turn, records));
        await log.DisposeAsync();
        run.Complete(new TurnReport(Storage.Samples.Turn(TestEvents.TurnId, "sess_1", TurnStatus.AwaitingConfirmation), [], []));

        Assert.Single(await watcher);
    }

    [Fact]
    public async Task Watcher_follows_from_one_run_of_the_turn_to_the_next()
    {
        await using var turn = await TestEvents.StartAsync();
        var first = turn.NewRun();
        var firstLog = turn.LogOf(first);
        var watcher = Task.Run(() => turn.WatchAsync(), Cancellation);
        firstLog.Publish(new TurnEvent.Calls([]));
        await firstLog.WriteAsync(records => AppendAsync(turn, records));
        await firstLog.DisposeAsync();
        first.Complete(new TurnReport(Storage.Samples.Turn(TestEvents.TurnId, "sess_1", TurnStatus.AwaitingConfirmation), [], []));

        var second = turn.NewRun();
        var secondLog = turn.LogOf(second, await turn.Store.FindEndAsync(TestEvents.TurnId, Cancellation));
        secondLog.Publish(new TurnEvent.Calls([]));
        await turn.EndAsync(second, secondLog);

        Assert.Equal([1, 2, 3], (await watcher).Select(record => record.Sequence));
    }

    [Fact]
    public async Task Watcher_that_leaves_takes_nothing_from_the_others()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);
        using var leave = new CancellationTokenSource();
        await using var leaving = turn.Feeds.WatchAsync(TestEvents.TurnId, 0, true, leave.Token).GetAsyncEnumerator(Cancellation);
        var waiting = leaving.MoveNextAsync().AsTask();
        var staying = Task.Run(() => turn.WatchAsync(), Cancellation);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await turn.EndAsync(run, log);

        Assert.Single(await staying);
    }

    [Fact]
    public async Task Lost_turn_ends_the_watch_with_an_error()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        await using var watch = turn.Feeds.WatchAsync(TestEvents.TurnId, 0, true, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = watch.MoveNextAsync().AsTask();

        run.Fail(new InvalidOperationException("The disk is full."));

        await Assert.ThrowsAsync<InvalidOperationException>(() => run.Completion);
        await Assert.ThrowsAsync<TurnLostException>(() => next);
    }

    private static async Task<bool> AppendAsync(TestEvents turn, IReadOnlyList<TurnEventRecord> records)
    {
        await turn.Store.AppendAsync(TestEvents.TurnId, records);
        return true;
    }
}

using System.Text.Json;
using ToolService.Core.Conversations;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations;

public class TurnLogTests
{
    [Fact]
    public async Task Text_that_gathers_becomes_one_event()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);

        foreach (var piece in "A somewhat longer answer.")
            log.Publish(new TurnEvent.Content($"{piece}"));
        await turn.EndAsync(run, log);

        var text = (await turn.StoredAsync()).Where(record => record.Type == "content").Select(record => JsonSerializer.Deserialize<string>(record.Data));
        Assert.Equal("A somewhat longer answer.", string.Concat(text));
        Assert.True((await turn.StoredAsync()).Count < 10);
    }

    [Fact]
    public async Task Events_are_written_soon_without_a_save()
    {
        await using var turn = await TestEvents.StartAsync();
        await using var log = turn.LogOf(turn.NewRun());

        log.Publish(new TurnEvent.Content("Hello."));

        await using var watch = turn.Feeds.WatchAsync(TestEvents.TurnId, 0, true, TestEvents.Cancellation).GetAsyncEnumerator(TestEvents.Cancellation);
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("content", watch.Current.Type);
        Assert.Single(await turn.StoredAsync());
    }

    [Fact]
    public async Task Event_about_a_call_is_there_once_also_after_a_restart()
    {
        await using var turn = await TestEvents.StartAsync();
        var result = new TurnEvent.Result(Samples.Call("call_1"));
        var first = turn.NewRun();
        var firstLog = turn.LogOf(first);
        firstLog.Publish(result);
        firstLog.Publish(result);
        Assert.True(await firstLog.WriteAsync(records => AppendAsync(turn, records)));
        await firstLog.DisposeAsync();

        var second = turn.NewRun();
        var secondLog = turn.LogOf(second, await turn.Store.FindEndAsync(TestEvents.TurnId, TestEvents.Cancellation));
        secondLog.Publish(result);
        await turn.EndAsync(second, secondLog);

        Assert.Equal([(1, "tool_result"), (2, "done")], (await turn.StoredAsync()).Select(record => (record.Sequence, record.Type)));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, null)]
    public async Task Notice_takes_back_the_text_of_a_request_that_broke_off(bool textCame, int? voidAfter)
    {
        await using var turn = await TestEvents.StartAsync();
        var first = turn.NewRun();
        var firstLog = turn.LogOf(first);
        firstLog.Publish(new TurnEvent.Calls([]));
        if (textCame)
            firstLog.Publish(new TurnEvent.Content("Half an ans"));
        Assert.True(await firstLog.WriteAsync(records => AppendAsync(turn, records)));
        await firstLog.DisposeAsync();

        var second = turn.NewRun();
        var secondLog = turn.LogOf(second, await turn.Store.FindEndAsync(TestEvents.TurnId, TestEvents.Cancellation));
        secondLog.Publish(TurnEvent.Notice.Resumed);
        await turn.EndAsync(second, secondLog);

        var notice = Assert.Single(await turn.StoredAsync(), record => record.Type == "notice");
        Assert.Equal(voidAfter, JsonSerializer.Deserialize<TurnEvent.Notice>(notice.Data)!.VoidAfter);
    }

    [Fact]
    public async Task Write_that_failed_leaves_the_events_for_the_next_one()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);
        log.Publish(new TurnEvent.Calls([]));

        var end = new TurnEvent.Ended(new TurnReport(Samples.Turn(TestEvents.TurnId, "sess_1", TurnStatus.Completed), [], []));
        await Assert.ThrowsAsync<IOException>(() => log.WriteAsync(_ => throw new IOException("The disk is full."), end));
        log.Publish(new TurnEvent.Content("Hello."));
        await turn.EndAsync(run, log);

        Assert.Equal(["tool_calls", "content", "done"], (await turn.StoredAsync()).Select(record => record.Type));
    }

    [Fact]
    public async Task Write_of_which_nobody_knows_whether_it_took_effect_is_there_once()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);
        log.Publish(new TurnEvent.Content("Hello."));

        await Assert.ThrowsAsync<IOException>(() => log.WriteAsync(async records =>
        {
            await turn.Store.AppendAsync(TestEvents.TurnId, records);
            throw new IOException("The connection broke.");
        }));
        await turn.EndAsync(run, log);

        Assert.Equal(["content", "done"], (await turn.StoredAsync()).Select(record => record.Type));
    }

    [Fact]
    public async Task End_of_which_nobody_knows_whether_it_took_effect_keeps_its_place_and_watchers_see_what_is_stored()
    {
        await using var turn = await TestEvents.StartAsync();
        var run = turn.NewRun();
        var log = turn.LogOf(run);
        log.Publish(new TurnEvent.Content("Hello."));
        var watch = turn.WatchAsync();

        var waits = new TurnEvent.Ended(new TurnReport(Samples.Turn(TestEvents.TurnId, "sess_1", TurnStatus.AwaitingConfirmation), [], []));
        await Assert.ThrowsAsync<IOException>(() => log.WriteAsync(
            async records =>
            {
                await turn.Store.AppendAsync(TestEvents.TurnId, records);
                throw new IOException("The connection broke.");
            },
            waits));
        log.Publish(TurnEvent.Notice.Resumed);
        await turn.EndAsync(run, log);

        Assert.Equal(["content", "done", "notice", "done"], (await turn.StoredAsync()).Select(record => record.Type));
        Assert.Equal(await turn.StoredAsync(), await watch);
    }

    private static async Task<bool> AppendAsync(TestEvents turn, IReadOnlyList<TurnEventRecord> records)
    {
        await turn.Store.AppendAsync(TestEvents.TurnId, records);
        return true;
    }
}

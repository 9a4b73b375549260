using ToolService.Core.Conversations;
using ToolService.Core.Storage;
using ToolService.Core.Tests.Conversations;

namespace ToolService.Core.Tests.Storage;

public class TurnEventStoreTests
{
    private static readonly TurnEventRecord[] Events =
    [
        new(1, "turn_started", """{"a":"Grüße 世界"}"""),
        new(2, "tool_result", "{}", "call_1"),
        new(3, "content", "{}"),
        new(4, "content", "{}"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Events_are_read_in_order_from_any_place(StorageProvider provider)
    {
        await using var turn = await TestEvents.StartAsync(provider);

        await turn.Store.AppendAsync(TestEvents.TurnId, Events);

        Assert.Equal(Events, await turn.Store.ListAsync(TestEvents.TurnId, 0, 10, Cancellation));
        Assert.Equal(Events[2..3], await turn.Store.ListAsync(TestEvents.TurnId, 2, 1, Cancellation));
        Assert.Empty(await turn.Store.ListAsync(TestEvents.TurnId, 4, 10, Cancellation));
        Assert.Empty(await turn.Store.ListAsync("turn_2", 0, 10, Cancellation));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Event_that_is_there_stays_as_it_is(StorageProvider provider)
    {
        await using var turn = await TestEvents.StartAsync(provider);
        await turn.Store.AppendAsync(TestEvents.TurnId, Events[..1]);

        await turn.Store.AppendAsync(TestEvents.TurnId, [Events[0] with { Data = "other" }, Events[1]]);

        Assert.Equal(Events[..2], await turn.Store.ListAsync(TestEvents.TurnId, 0, 10, Cancellation));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task End_of_the_log_says_what_is_in_it(StorageProvider provider)
    {
        await using var turn = await TestEvents.StartAsync(provider);
        Assert.Equal(0, await turn.Store.FindLastAsync(TestEvents.TurnId, Cancellation));
        await turn.Store.AppendAsync(TestEvents.TurnId, Events);

        var end = await turn.Store.FindEndAsync(TestEvents.TurnId, Cancellation);

        Assert.Equal((4, 2), (end.Last, end.LastFirm));
        Assert.Equal([("tool_result", "call_1")], end.Subjects);
        Assert.Equal(4, await turn.Store.FindLastAsync(TestEvents.TurnId, Cancellation));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Events_are_written_with_the_change_of_the_turn_or_not_at_all(StorageProvider provider)
    {
        await using var turn = await TestEvents.StartAsync(provider);
        var ended = Samples.Turn(TestEvents.TurnId, "sess_1", TurnStatus.Completed);
        Assert.True(await turn.Database.Conversations.TrySaveTurnAsync(ended, [], Events[..1]));

        Assert.False(await turn.Database.Conversations.TrySaveTurnAsync(ended, [], Events));

        Assert.Equal(Events[..1], await turn.StoredAsync());
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Only_events_of_turns_that_ended_before_are_deleted(StorageProvider provider)
    {
        await using var turn = await TestEvents.StartAsync(provider);
        var conversations = turn.Database.Conversations;
        foreach (var (number, status) in new[] { TurnStatus.Completed, TurnStatus.Failed, TurnStatus.AwaitingConfirmation, TurnStatus.Cancelled }.Index())
        {
            var (id, session) = ($"turn_{number + 2}", $"sess_{number + 2}");
            await conversations.TryBeginTurnAsync(Samples.Session(session), Samples.Turn(id, session), Samples.Message(0, id), Events);
            await conversations.TrySaveTurnAsync(Samples.Turn(id, session, status, minute: number), [], []);
        }

        var deleted = 0;
        while (await turn.Store.DeleteBeforeAsync(Samples.Noon.AddMinutes(3), 1, Cancellation) is > 0 and var batch)
            deleted += batch;

        Assert.Equal(2, deleted);
        var left = await Task.WhenAll(Enumerable.Range(2, 4).Select(id => turn.Store.FindLastAsync($"turn_{id}", Cancellation)));
        Assert.Equal([0, 0, 4, 4], left);
        Assert.True((await conversations.FindTurnAsync("turn_2", null, Cancellation))!.EventsExpired);
        Assert.False((await conversations.FindTurnAsync("turn_4", null, Cancellation))!.EventsExpired);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Events_go_with_their_session(StorageProvider provider)
    {
        await using var turn = await TestEvents.StartAsync(provider);
        await turn.Database.Conversations.TrySaveTurnAsync(Samples.Turn(TestEvents.TurnId, "sess_1", TurnStatus.Completed), [], Events);

        Assert.Null(await turn.Database.Conversations.TryDeleteSessionAsync("sess_1"));

        Assert.Empty(await turn.StoredAsync());
    }

    [Fact]
    public async Task Old_turns_with_events_are_found_by_their_index()
    {
        await using var turn = await TestEvents.StartAsync();

        var plan = turn.Database.Rows(
            $"EXPLAIN QUERY PLAN SELECT id FROM turns WHERE {StorageContext.TurnsWithEvents} AND updated_at < 1 ORDER BY updated_at, id LIMIT 1");

        Assert.Contains("ix_turns_events", string.Concat(plan), StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class ConversationStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Begin_creates_the_session_with_its_first_turn(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var turn = Samples.Turn("turn_1", "sess_1") with
        {
            SystemPrompt = "Be brief.",
            Reason = "r",
            ReasonMessage = "m",
            Rounds = 1,
            ToolCalls = 2,
            FailingRounds = 3,
            InputTokens = 4,
            OutputTokens = 5,
            Reply = "hi",
        };

        Assert.Null(await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), turn, Samples.Message(0, "turn_1"), []));

        var session = await database.Conversations.FindSessionAsync("sess_1", "local", Token);
        Assert.Equal(Samples.Session("sess_1") with { ActiveTurnId = "turn_1", MessageCount = 1 }, session);
        Assert.Equal(turn, await database.Conversations.FindTurnAsync("turn_1", "local", Token));
        Assert.Equal("hello", Assert.Single(await database.Conversations.ListMessagesAsync("sess_1", 0, 10, Token)).Message.Text);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Begin_names_the_active_turn_and_writes_nothing_when_there_is_one(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);

        Assert.Equal("turn_1", await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), Samples.Turn("turn_2", "sess_1"),
            Samples.Message(1, "turn_2"), []));

        Assert.Null(await database.Conversations.FindTurnAsync("turn_2", null, Token));
        Assert.Single(await database.Conversations.ListMessagesAsync("sess_1", 0, 10, Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Begin_names_the_turn_with_the_same_key_and_writes_nothing_whatever_the_session(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var first = Samples.Turn("turn_1", "sess_1") with { IdempotencyKey = "k", RequestHash = "h" };
        Assert.Null(await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), first, Samples.Message(0, "turn_1"), []));

        var second = Samples.Turn("turn_2", "sess_2") with { IdempotencyKey = "k" };
        Assert.Equal("turn_1", await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_2"), second, Samples.Message(0, "turn_2"), []));

        Assert.Null(await database.Conversations.FindSessionAsync("sess_2", null, Token));
        Assert.Equal(first, await database.Conversations.FindTurnByKeyAsync("k", "local", Token));
        Assert.Null(await database.Conversations.FindTurnByKeyAsync("k", "ann", Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Begin_names_the_turn_of_another_process_that_came_with_the_same_key_at_the_same_moment(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await using var first = database.Build();
        await using var second = database.Build();
        for (var i = 0; i < 50; i++)
        {
            var key = $"key-{i}";
            var begun = await Task.WhenAll(((ServiceProvider[])[first, second]).Select((process, number) => Task.Run(() => BeginAsync(process, $"{i}_{number}", key), Token)));

            var winner = Assert.Single(begun, turn => turn.InTheWay is null).Id;
            Assert.Equal(winner, Assert.Single(begun, turn => turn.InTheWay is not null).InTheWay);
            Assert.Equal(winner, (await database.Conversations.FindTurnByKeyAsync(key, "local", Token))!.Id);
        }

        Assert.Equal(50, (await database.Conversations.ListSessionsAsync(null, 1000, null, Token)).Count);

        static async Task<(string Id, string? InTheWay)> BeginAsync(ServiceProvider process, string id, string key)
        {
            var turn = Samples.Turn($"turn_{id}", $"sess_{id}") with { IdempotencyKey = key };
            return (turn.Id, await process.GetRequiredService<IConversationStore>().TryBeginTurnAsync(
                Samples.Session(turn.SessionId), turn, Samples.Message(0, turn.Id), []));
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Begin_has_one_winner_when_many_begin_at_once(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);

        var active = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() =>
            database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), Samples.Turn($"turn_{i}", "sess_1"),
                Samples.Message(0, $"turn_{i}"), []))));

        var winner = $"turn_{Array.IndexOf(active, null)}";
        Assert.All(active.OfType<string>(), id => Assert.Equal(winner, id));
        Assert.Equal(63, active.OfType<string>().Count());
        Assert.Equal(winner, Assert.Single(await database.Conversations.ListUnfinishedTurnsAsync(Token)).Id);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Context_of_a_session_is_kept_until_another_one_is_written_and_goes_along_with_a_fork(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        var context = new SessionContext
        {
            LeftOut = 4,
            Shortened = 7,
            Summary = "They said hello.",
            Measure = new ContextMeasure("m", 1000.5, 900, 1.1),
            Ceiling = new ContextCeiling("m", 8192),
        };
        Assert.Equal(SessionContext.None, (await database.Conversations.FindSessionAsync("sess_1", null, Token))!.Context);

        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1"), [], [], context);
        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed), [], []);
        var session = await database.Conversations.FindSessionAsync("sess_1", null, Token);
        await database.Conversations.TryForkSessionAsync(session! with { Id = "sess_2" }, "sess_1");
        await database.Conversations.TryBeginTurnAsync(session, Samples.Turn("turn_2", "sess_1"), Samples.Message(1, "turn_2"), []);

        Assert.Equal(context, session.Context);
        Assert.Equal(context, (await database.Conversations.FindSessionAsync("sess_1", null, Token))!.Context);
        Assert.Equal(context, (await database.Conversations.FindSessionAsync("sess_2", null, Token))!.Context);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Begin_updates_a_free_session(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed, 1),
            [Samples.Message(1, "turn_1", "answer")], []);

        Assert.Null(await database.Conversations.TryBeginTurnAsync(
            Samples.Session("sess_1", minute: 7) with { Model = "other", SystemPrompt = "new" }, Samples.Turn("turn_2", "sess_1"),
                Samples.Message(2, "turn_2"), []));

        var session = (await database.Conversations.FindSessionAsync("sess_1", null, Token))!;
        Assert.Equal(("other", "new", "turn_2", 3), (session.Model, session.SystemPrompt, session.ActiveTurnId, session.MessageCount));
        Assert.Equal((Samples.Noon, Samples.Noon.AddMinutes(7)), (session.CreatedAt, session.UpdatedAt));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Begin_fails_when_the_session_moved_on_or_is_another_owners(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed), [], []);

        await Assert.ThrowsAsync<SessionChangedException>(() =>
            database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), Samples.Turn("turn_2", "sess_1"),
                Samples.Message(0, "turn_2"), []));
        await Assert.ThrowsAsync<SessionChangedException>(() =>
            database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1", "ann"), Samples.Turn("turn_2", "sess_1"),
                Samples.Message(1, "turn_2"), []));

        Assert.Null((await database.Conversations.FindSessionAsync("sess_1", null, Token))!.ActiveTurnId);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Save_writes_turn_and_messages_and_frees_the_session_at_the_end(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        Assert.True(await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", minute: 1),
            [Samples.Message(1, "turn_1"), Samples.Message(2, "turn_1")], []));
        Assert.Equal("turn_1", (await database.Conversations.FindSessionAsync("sess_1", null, Token))!.ActiveTurnId);

        Assert.True(await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Failed, 2), [], []));

        var session = (await database.Conversations.FindSessionAsync("sess_1", null, Token))!;
        Assert.Equal((null, 3, Samples.Noon.AddMinutes(2)), (session.ActiveTurnId, session.MessageCount, session.UpdatedAt));
        Assert.Equal([1, 2], (await database.Conversations.ListMessagesAsync("sess_1", 1, 10, Token)).Select(message => message.Position));
        Assert.Empty(await database.Conversations.ListUnfinishedTurnsAsync(Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Save_is_refused_when_the_turn_has_ended_or_is_gone(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Cancelled), [], []);

        Assert.False(await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1"), [Samples.Message(1, "turn_1")], []));
        Assert.False(await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_9", "sess_1"), [], []));

        Assert.Single(await database.Conversations.ListMessagesAsync("sess_1", 0, 10, Token));
        Assert.Equal(TurnStatus.Cancelled, (await database.Conversations.FindTurnAsync("turn_1", null, Token))!.Status);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Save_writes_nothing_when_a_message_leaves_a_gap(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);

        await Assert.ThrowsAsync<SessionChangedException>(() =>
            database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed),
                [Samples.Message(5, "turn_1")], []));

        Assert.Equal(TurnStatus.Running, (await database.Conversations.FindTurnAsync("turn_1", null, Token))!.Status);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Messages_with_tool_calls_and_results_come_back(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        var call = new FunctionCallContent("call_1", "calculator", new Dictionary<string, object?> { ["expression"] = "1+1" })
        {
            AdditionalProperties = new() { ["signature"] = "abc" },
        };
        var result = JsonDocument.Parse("""{"value":2}""").RootElement;
        AIContent[] results = [new FunctionResultContent("call_1", "two"), new FunctionResultContent("call_2", result)];
        SessionMessage[] added =
        [
            new(1, "turn_1", new ChatMessage(ChatRole.Assistant, [new TextContent("Let me see."), call]), Samples.Noon),
            new(2, "turn_1", new ChatMessage(ChatRole.Tool, results), Samples.Noon),
        ];
        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1"), added, []);

        var messages = await database.Conversations.ListMessagesAsync("sess_1", 1, 10, Token);

        var found = Assert.IsType<FunctionCallContent>(messages[0].Message.Contents[1]);
        Assert.Equal(("call_1", "calculator", "1+1", "abc"), (found.CallId, found.Name, found.Arguments!["expression"]!.ToString(),
            found.AdditionalProperties!["signature"]!.ToString()));
        var stored = messages[1].Message.Contents.Cast<FunctionResultContent>().ToArray();
        Assert.Equal("two", stored[0].Result!.ToString());
        Assert.Equal(2, Assert.IsType<JsonElement>(stored[1].Result).GetProperty("value").GetInt32());
        Assert.Equal(ChatRole.Tool, messages[1].Message.Role);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Sessions_are_listed_last_used_first_and_page_by_page(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        foreach (var (id, owner, minute) in new[] { ("s1", "local", 2), ("s2", "local", 1), ("s3", "ann", 3), ("s4", "local", 1) })
            await database.Conversations.TryBeginTurnAsync(Samples.Session(id, owner, minute),
                Samples.Turn($"turn_{id}", id, owner: owner), Samples.Message(0, $"turn_{id}"), []);

        async Task<string> Ids(string? owner = null, string? after = null, int limit = 10) =>
            string.Join(" ", (await database.Conversations.ListSessionsAsync(owner, limit, after, Token)).Select(session => session.Id));
        Assert.Equal("s3 s1 s4 s2", await Ids());
        Assert.Equal("s1 s4", await Ids("local", limit: 2));
        Assert.Equal("s2", await Ids("local", after: "s4"));
        Assert.Null(await database.Conversations.FindSessionAsync("s3", "local", Token));
        Assert.Null(await database.Conversations.FindTurnAsync("turn_s3", "local", Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Turn_keeps_what_it_was_begun_with(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var turn = Samples.Turn("turn_1", "sess_1", TurnStatus.Running) with { Tools = ["calc*"], SystemPrompt = "Be brief.", MaxRounds = 7 };
        await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), turn, Samples.Message(0, "turn_1"), []);

        await database.Conversations.TrySaveTurnAsync(turn with { Rounds = 1 }, [], []);

        var stored = await database.Conversations.FindTurnAsync("turn_1", null, Token);
        Assert.Equal(["calc*"], stored!.Tools);
        Assert.Equal(("Be brief.", 7, 1), (stored.SystemPrompt, stored.MaxRounds, stored.Rounds));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Delete_takes_messages_and_turns_unless_a_turn_is_active(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        Assert.Equal("turn_1", await database.Conversations.TryDeleteSessionAsync("sess_1"));
        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed), [], []);

        Assert.Null(await database.Conversations.TryDeleteSessionAsync("sess_1"));
        Assert.Null(await database.Conversations.TryDeleteSessionAsync("sess_1"));

        Assert.Null(await database.Conversations.FindSessionAsync("sess_1", null, Token));
        Assert.Null(await database.Conversations.FindTurnAsync("turn_1", null, Token));
        Assert.Empty(await database.Conversations.ListMessagesAsync("sess_1", 0, 10, Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Session_is_added_with_its_messages_and_goes_on(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var session = Samples.Session("sess_1") with { SystemPrompt = "Be brief.", MessageCount = 2 };

        await database.Conversations.AddSessionAsync(session, [Samples.Message(0, null, "one"), Samples.Message(1, null, "two")]);

        Assert.Equal(session, await database.Conversations.FindSessionAsync("sess_1", "local", Token));
        Assert.Null(await database.Conversations.TryBeginTurnAsync(session, Samples.Turn("turn_1", "sess_1"), Samples.Message(2, "turn_1", "three"), []));
        var messages = await database.Conversations.ListMessagesAsync("sess_1", 0, 10, Token);
        Assert.Equal([("one", null), ("two", null), ("three", "turn_1")], messages.Select(message => (message.Message.Text, message.TurnId)));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Fork_has_the_first_messages_and_outlives_its_source(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed),
            [Samples.Message(1, "turn_1", "answer"), Samples.Message(2, "turn_1", "more")], []);
        var fork = Samples.Session("sess_2", "local", 9) with { MessageCount = 2 };

        Assert.True(await database.Conversations.TryForkSessionAsync(fork, "sess_1"));
        Assert.True(await database.Conversations.TryForkSessionAsync(fork with { Id = "sess_3" }, "sess_2"));
        await database.Conversations.TryDeleteSessionAsync("sess_1");
        await database.Conversations.TryDeleteSessionAsync("sess_2");

        Assert.Equal(fork with { Id = "sess_3" }, await database.Conversations.FindSessionAsync("sess_3", "local", Token));
        var messages = await database.Conversations.ListMessagesAsync("sess_3", 0, 10, Token);
        Assert.Equal([("hello", null, Samples.Noon), ("answer", null, Samples.Noon.AddMinutes(1))],
            messages.Select(message => (message.Message.Text, message.TurnId, message.CreatedAt)));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Fork_is_refused_when_the_source_is_gone_or_shorter(StorageProvider provider)
    {
        await using var database = await BegunAsync(provider);
        var fork = Samples.Session("sess_2") with { MessageCount = 2 };

        Assert.False(await database.Conversations.TryForkSessionAsync(fork, "sess_1"));
        Assert.False(await database.Conversations.TryForkSessionAsync(fork with { MessageCount = 0 }, "sess_9"));

        Assert.Null(await database.Conversations.FindSessionAsync("sess_2", null, Token));
    }

    private static async Task<TestDatabase> BegunAsync(StorageProvider provider)
    {
        var database = await TestDatabase.OpenAsync(provider);
        await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), Samples.Turn("turn_1", "sess_1"),
            Samples.Message(0, "turn_1"), []);
        return database;
    }
}

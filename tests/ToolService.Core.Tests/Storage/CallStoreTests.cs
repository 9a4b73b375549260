using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Schema;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class CallStoreTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Call_comes_back_as_it_was_added(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var call = Samples.Call("call_1", CallStatus.Rejected) with
        {
            Origin = CallOrigin.Chat,
            SessionId = "sess_1",
            TurnId = "turn_1",
            Arguments = """{"text":"ü 😀 \u0000"}""",
            DefinitionHash = "abc",
            Result = "\"partial\"",
            Attempts = 3,
            QueueTime = TimeSpan.FromMicroseconds(7),
            ExecutionTime = TimeSpan.FromHours(30),
            ConfirmationId = "conf_1",
            DecidedBy = "ann",
            CompletedAt = Samples.Noon.AddSeconds(1),
        };
        await database.Calls.TryAddAsync(call);

        Assert.Equal(call, await database.Calls.FindAsync("call_1", "local", Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Call_keeps_each_violated_keyword_of_its_error(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var error = new ToolError(ToolErrorCode.InvalidArguments, "Wrong.", true,
            [new SchemaError("/a", "type", "Not a number.", "/properties/a/type")]);
        await database.Calls.TryAddAsync(Samples.Call("call_1", CallStatus.Rejected) with { Error = error });

        var found = (await database.Calls.FindAsync("call_1", "local", Token))!.Error!;

        Assert.Equal(error with { Errors = null }, found with { Errors = null });
        Assert.Equal(error.Errors, found.Errors);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Call_with_text_that_no_database_keeps_is_recorded_all_the_same(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Calls.TryAddAsync(Samples.Call("call_1", CallStatus.Rejected, tool: "a\0b\uD800c"));

        Assert.Equal("a\uFFFDb\uFFFDc", (await database.Calls.FindAsync("call_1", null, Token))!.ToolName);
        Assert.Single((await database.Calls.ListAsync(new CallQuery { ToolName = "a\0b\uD800c" }, Token)).Calls);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Add_is_refused_when_the_owner_used_the_id(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        Assert.True(await database.Calls.TryAddAsync(Samples.Call("call_1")));

        Assert.False(await database.Calls.TryAddAsync(Samples.Call("call_1", tool: "other"), Samples.Confirmation("conf_1", "call_1")));
        Assert.True(await database.Calls.TryAddAsync(Samples.Call("call_1", owner: "ann")));

        Assert.Equal("calculator", (await database.Calls.FindAsync("call_1", "local", Token))!.ToolName);
        Assert.Equal("ann", (await database.Calls.FindAsync("call_1", null, Token))!.Owner);
        Assert.Null(await database.Calls.FindConfirmationAsync("conf_1", Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Add_has_one_winner_when_many_bring_the_same_id(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);

        var added = await Task.WhenAll(Enumerable.Range(0, 64)
            .Select(i => Task.Run(() => database.Calls.TryAddAsync(Samples.Call("call_1")))));

        Assert.Equal(1, added.Count(won => won));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Update_writes_only_when_the_status_is_the_expected_one(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var started = Samples.Call("call_1", CallStatus.Started);
        await database.Calls.TryAddAsync(started);
        var ended = started with { Status = CallStatus.Succeeded, Result = "1", Attempts = 2, CompletedAt = Samples.Noon };

        Assert.True(await database.Calls.TryUpdateAsync(ended, CallStatus.Started));
        Assert.False(await database.Calls.TryUpdateAsync(ended with { Result = "2" }, CallStatus.Started));
        Assert.False(await database.Calls.TryUpdateAsync(ended with { Owner = "ann" }, CallStatus.Succeeded));

        Assert.Equal(ended, await database.Calls.FindAsync("call_1", "local", Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task List_filters_by_each_condition_and_sorts_newest_first(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Calls.TryAddAsync(Samples.Call("a", minute: 3) with { SessionId = "s", TurnId = "t" });
        await database.Calls.TryAddAsync(Samples.Call("b", CallStatus.Failed, minute: 1));
        await database.Calls.TryAddAsync(Samples.Call("c", owner: "ann", tool: "other", minute: 2));

        async Task<string> Ids(CallQuery query) =>
            string.Concat((await database.Calls.ListAsync(query, Token)).Calls.Select(call => call.CallId));
        Assert.Equal("acb", await Ids(new CallQuery()));
        Assert.Equal("ab", await Ids(new CallQuery { Owner = "local" }));
        Assert.Equal("c", await Ids(new CallQuery { ToolName = "other" }));
        Assert.Equal("b", await Ids(new CallQuery { Status = CallStatus.Failed }));
        Assert.Equal("a", await Ids(new CallQuery { SessionId = "s" }));
        Assert.Equal("a", await Ids(new CallQuery { TurnId = "t" }));
        Assert.Equal("cb", await Ids(new CallQuery { From = Samples.Noon.AddMinutes(1), To = Samples.Noon.AddMinutes(3) }));
        Assert.Equal("", await Ids(new CallQuery { Owner = "ann", Status = CallStatus.Failed }));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task List_goes_on_when_the_call_that_ended_the_page_is_deleted(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Calls.TryAddAsync(Samples.Call("a", CallStatus.Started));
        await database.Calls.TryAddAsync(Samples.Call("b", minute: 1));
        await database.Calls.TryAddAsync(Samples.Call("c", minute: 2));
        var first = await database.Calls.ListAsync(new CallQuery { Limit = 2 }, Token);
        await database.Calls.DeleteBeforeAsync(Samples.Noon.AddHours(1), 100, Token);

        var next = await database.Calls.ListAsync(new CallQuery { After = first.Next }, Token);

        Assert.Equal("a", Assert.Single(next.Calls).CallId);
        Assert.Null(next.Next);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Summary_counts_and_measures_each_tool(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        for (var i = 1; i <= 100; i++)
        {
            var call = Samples.Call($"a{i}", i > 90 ? CallStatus.Failed : CallStatus.Succeeded);
            await database.Calls.TryAddAsync(call with { ExecutionTime = TimeSpan.FromMilliseconds(i) });
        }

        var rejected = Samples.Call("b", CallStatus.Rejected, tool: "another");
        await database.Calls.TryAddAsync(rejected with { ExecutionTime = TimeSpan.FromDays(1) });

        var tools = await database.Calls.SummarizeAsync(new CallQuery { Limit = 1 }, Token);

        Assert.Equal(["another", "calculator"], tools.Select(tool => tool.ToolName));
        Assert.Equal((1, 0d, TimeSpan.Zero), (tools[0].Calls, tools[0].FailureRate, tools[0].P99));
        Assert.Equal((100, 0.1), (tools[1].Calls, tools[1].FailureRate));
        Assert.Equal(10, tools[1].ByStatus[CallStatus.Failed]);
        Assert.InRange(tools[1].P50.TotalMilliseconds, 49.5, 50.5);
        Assert.InRange(tools[1].P95.TotalMilliseconds, 94, 96);
        Assert.InRange(tools[1].P99.TotalMilliseconds, 98, 100);
        Assert.Empty(await database.Calls.SummarizeAsync(new CallQuery { From = Samples.Noon.AddSeconds(1) }, Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Delete_takes_a_batch_of_the_oldest_ended_calls_and_leaves_the_others(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        for (var minute = 0; minute < 5; minute++)
            await database.Calls.TryAddAsync(Samples.Call($"call_{minute}", minute: minute));
        await database.Calls.TryAddAsync(Samples.Call("running", CallStatus.Started));
        await database.Calls.TryAddAsync(Samples.Call("waiting", CallStatus.ConfirmationRequired),
            Samples.Confirmation("conf_1", "waiting"));

        Assert.Equal(2, await database.Calls.DeleteBeforeAsync(Samples.Noon.AddMinutes(3), 2, Token));
        Assert.Equal(1, await database.Calls.DeleteBeforeAsync(Samples.Noon.AddMinutes(3), 2, Token));
        Assert.Equal(0, await database.Calls.DeleteBeforeAsync(Samples.Noon.AddMinutes(3), 2, Token));

        var left = await database.Calls.ListAsync(new CallQuery(), Token);
        Assert.Equal(["call_3", "call_4", "running", "waiting"], left.Calls.Select(call => call.CallId).Order());
        Assert.NotNull(await database.Calls.FindConfirmationAsync("conf_1", Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Old_calls_stay_as_long_as_their_turn_goes_on(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), Samples.Turn("turn_1", "sess_1"), Samples.Message(0, "turn_1"), []);
        await database.Calls.TryAddAsync(Samples.Call("of_turn") with { SessionId = "sess_1", TurnId = "turn_1" });
        await database.Calls.TryAddAsync(Samples.Call("of_deleted_turn") with { SessionId = "sess_0", TurnId = "turn_0" });
        var later = Samples.Noon.AddDays(1);

        Assert.Equal(1, await database.Calls.DeleteBeforeAsync(later, 10, Token));
        Assert.NotNull(await database.Calls.FindAsync("of_turn", null, Token));

        await database.Conversations.TrySaveTurnAsync(Samples.Turn("turn_1", "sess_1", TurnStatus.Completed), [], []);
        Assert.Equal(1, await database.Calls.DeleteBeforeAsync(later, 10, Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Definitions_go_when_no_confirmation_waits_with_them(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        foreach (var id in (string[])["waits", "decided"])
            await database.Calls.TryAddAsync(
                Samples.Call(id, CallStatus.ConfirmationRequired), Samples.Confirmation($"conf_{id}", id) with { DefinitionHash = id }, "{}");
        var decided = Samples.Confirmation("conf_decided", "decided") with { DefinitionHash = "decided", Status = ConfirmationStatus.Denied };
        await database.Calls.TryDecideAsync(decided, Samples.Call("decided", CallStatus.Rejected));

        await database.Calls.DeleteBeforeAsync(Samples.Noon, 10, Token);

        Assert.Equal("{}", await database.Calls.FindDefinitionAsync("waits", Token));
        Assert.Null(await database.Calls.FindDefinitionAsync("decided", Token));
    }
}

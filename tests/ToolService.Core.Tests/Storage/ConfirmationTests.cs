using Microsoft.Extensions.DependencyInjection;
using ToolService.Core.Execution;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class ConfirmationTests
{
    private static readonly CallRecord Waiting = Samples.Call("call_1", CallStatus.ConfirmationRequired);
    private static readonly Confirmation Pending = Samples.Confirmation("conf_1", "call_1");
    private static readonly Confirmation Approved = Pending with
    {
        Status = ConfirmationStatus.Approved,
        DecidedBy = "ann",
        Reason = "fine",
        DecidedAt = Samples.Noon.AddMinutes(1),
        Arguments = """{"a":1}""",
        OriginalArguments = "{}",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Decision_and_call_are_written_together(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Calls.TryAddAsync(Waiting, Pending);
        Assert.Equal(Pending, await database.Calls.FindConfirmationAsync("conf_1", Token));

        Assert.True(await database.Calls.TryDecideAsync(Approved, Waiting with { Status = CallStatus.Started, DecidedBy = "ann" }));

        Assert.Equal(Approved, await database.Calls.FindConfirmationAsync("conf_1", Token));
        Assert.Equal(CallStatus.Started, (await database.Calls.FindAsync("call_1", "local", Token))!.Status);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Decision_has_one_winner_when_many_decide_at_once(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await using var replica = database.Build();
        var other = replica.GetRequiredService<ICallStore>();
        await database.Calls.TryAddAsync(Waiting, Pending);

        var decided = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => (i % 2 == 0 ? database.Calls : other)
            .TryDecideAsync(Approved with { DecidedBy = $"person {i}" },
                Waiting with { Status = CallStatus.Started, DecidedBy = $"person {i}" }))));

        Assert.Equal(1, decided.Count(won => won));
        var winner = $"person {Array.IndexOf(decided, true)}";
        Assert.Equal(winner, (await database.Calls.FindConfirmationAsync("conf_1", Token))!.DecidedBy);
        Assert.Equal(winner, (await database.Calls.FindAsync("call_1", "local", Token))!.DecidedBy);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Decision_is_not_written_when_the_call_no_longer_waits(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Calls.TryAddAsync(Waiting, Pending);
        await database.Calls.TryUpdateAsync(Waiting with { Status = CallStatus.Cancelled }, CallStatus.ConfirmationRequired);

        Assert.False(await database.Calls.TryDecideAsync(Approved, Waiting with { Status = CallStatus.Started }));

        Assert.Equal(Pending, await database.Calls.FindConfirmationAsync("conf_1", Token));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Confirmations_are_listed_newest_first_by_each_condition(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Calls.TryAddAsync(Waiting, Pending);
        await database.Calls.TryAddAsync(Waiting with { CallId = "call_2" },
            Samples.Confirmation("conf_2", "call_2") with { TurnId = "turn_1" });
        await database.Calls.TryAddAsync(Waiting with { Owner = "ann" }, Samples.Confirmation("conf_3", "call_1", owner: "ann"));
        await database.Calls.TryDecideAsync(Approved, Waiting with { Status = CallStatus.Started });

        async Task<string> Ids(string? owner = null, ConfirmationStatus? status = null, string? turn = null, int limit = 10,
            string? after = null) =>
            string.Concat((await database.Calls.ListConfirmationsAsync(owner, status, turn, limit, after, Token))
                .Select(found => found.Id[^1]));
        Assert.Equal("321", await Ids());
        Assert.Equal("21", await Ids(owner: "local"));
        Assert.Equal("32", await Ids(status: ConfirmationStatus.Pending));
        Assert.Equal("2", await Ids(turn: "turn_1"));
        Assert.Equal("2", await Ids(limit: 1, after: "conf_3"));
    }
}

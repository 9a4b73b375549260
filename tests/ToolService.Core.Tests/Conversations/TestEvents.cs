using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Conversations;
using ToolService.Core.Storage;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations;

/// <summary>A turn in a real database, and what writes and follows its events.</summary>
internal sealed class TestEvents(TestDatabase database) : ITurnEventFormat, IAsyncDisposable
{
    public const string TurnId = "turn_1";

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TurnFeeds Feeds { get; } = new(database.Services.GetRequiredService<ITurnEventStore>(), database.Conversations);

    public ITurnEventStore Store => database.Services.GetRequiredService<ITurnEventStore>();

    public TestDatabase Database => database;

    public static async Task<TestEvents> StartAsync(StorageProvider provider = StorageProvider.Sqlite)
    {
        var database = await TestDatabase.OpenAsync(provider);
        var turn = Samples.Turn(TurnId, "sess_1");
        await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), turn, Samples.Message(0, TurnId), []);
        return new TestEvents(database);
    }

    public string Format(TurnEvent turnEvent) => turnEvent switch
    {
        TurnEvent.Content content => JsonSerializer.Serialize(content.Text),
        TurnEvent.Notice notice => JsonSerializer.Serialize(notice),
        _ => "{}",
    };

    public TurnLog LogOf(TurnRun run, TurnLogEnd? end = null, ITurnEventStore? store = null) =>
        new(run.Id, end ?? TurnLogEnd.Empty, store ?? Store, this, run.Feed, TimeProvider.System, NullLogger.Instance);

    public TurnRun NewRun() => new(TurnId, Feeds.Open(TurnId));

    /// <summary>Ends the turn, as the loop does: state and last event in one write.</summary>
    public async Task EndAsync(TurnRun run, TurnLog log)
    {
        var report = new TurnReport(Samples.Turn(TurnId, "sess_1", TurnStatus.Completed), [], []);
        Assert.True(await log.WriteAsync(events => database.Conversations.TrySaveTurnAsync(report.Turn, [], events), new TurnEvent.Ended(report)));
        await log.DisposeAsync();
        run.Complete(report);
    }

    public async Task<List<TurnEventRecord>> WatchAsync(int after = 0, bool untilEnded = true) =>
        await Feeds.WatchAsync(TurnId, after, untilEnded, Cancellation).ToListAsync(Cancellation);

    public async Task<IReadOnlyList<TurnEventRecord>> StoredAsync() => await Store.ListAsync(TurnId, 0, int.MaxValue, Cancellation);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}

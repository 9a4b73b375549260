using ToolService.Core.Conversations;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class TranscriptHashTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Session_is_found_by_its_owner_once_its_turn_has_ended(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await BeginAsync(database, "sess_1", "turn_1", position: 0);
        await database.Conversations.NoteTranscriptAsync("sess_1", "turn_1", "hash");

        var busy = await FindAsync(database, "local");
        await EndAsync(database, "sess_1", "turn_1");

        Assert.Null(busy);
        Assert.Equal("sess_1", (await FindAsync(database, "local"))!.Id);
        Assert.Null(await FindAsync(database, "ann"));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Hash_goes_when_another_turn_begins_and_cannot_be_noted_any_more(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await BeginAsync(database, "sess_1", "turn_1", position: 0);
        await EndAsync(database, "sess_1", "turn_1");
        await database.Conversations.NoteTranscriptAsync("sess_1", "turn_1", "hash");
        await BeginAsync(database, "sess_1", "turn_2", position: 1);
        await EndAsync(database, "sess_1", "turn_2");

        await database.Conversations.NoteTranscriptAsync("sess_1", "turn_1", "hash");

        Assert.Null(await FindAsync(database, "local"));
    }

    private static async Task BeginAsync(TestDatabase database, string session, string turn, int position) =>
        Assert.Null(await database.Conversations.TryBeginTurnAsync(
            Samples.Session(session) with { TranscriptHash = turn, MessageCount = position }, Samples.Turn(turn, session), Samples.Message(position, turn), []));

    private static async Task EndAsync(TestDatabase database, string session, string turn) =>
        Assert.True(await database.Conversations.TrySaveTurnAsync(Samples.Turn(turn, session) with { Status = TurnStatus.Completed }, [], []));

    private static Task<Session?> FindAsync(TestDatabase database, string owner) =>
        database.Conversations.FindSessionByTranscriptAsync("hash", owner, Cancellation);
}

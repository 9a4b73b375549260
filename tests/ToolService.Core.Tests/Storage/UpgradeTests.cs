using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Execution.Repair;
using ToolService.Core.Storage;
using ToolService.Core.Storage.Migrations;

namespace ToolService.Core.Tests.Storage;

public class UpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Calls_from_before_repairs_and_reuse_were_kept_are_read_and_new_ones_have_them(StorageProvider provider)
    {
        await using var database = await CreateAsync(provider, Initial.Id);
        database.Rows(
            """
            INSERT INTO calls (call_id, owner, tool_name, origin, status, created_at, queue_time, execution_time, attempts, arguments)
            VALUES ('old', 'local', 'calculator', 'api', 'confirmation_required', 1, 0, 0, 0, '{}')
            """);

        await database.InitializeAsync();
        var old = await database.Calls.FindAsync("old", "local", Cancellation);
        Assert.Null(old!.ReusedFrom);
        ToolRepair[] repairs = [new(ToolRepairKind.TextToValue, "/a", "The string \"5\" became 5."), new(ToolRepairKind.NullOmitted, "/é", "x")];
        Assert.True(await database.Calls.TryAddAsync(Samples.Call("new") with { Repairs = repairs, ReusedFrom = "call_1" }));
        Assert.True(await database.Calls.TryUpdateAsync(old with { Status = CallStatus.Succeeded, Repairs = repairs }, CallStatus.ConfirmationRequired));

        Assert.Empty(old.Repairs);
        Assert.Equal(repairs, (await database.Calls.FindAsync("new", "local", Cancellation))!.Repairs);
        Assert.Equal("call_1", (await database.Calls.FindAsync("new", "local", Cancellation))!.ReusedFrom);
        Assert.Equal(repairs, (await database.Calls.FindAsync("old", "local", Cancellation))!.Repairs);
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Messages_keep_their_turns_and_go_with_their_session_when_new_ones_may_have_none(StorageProvider provider)
    {
        await using var database = await CreateAsync(provider, TurnKeys.Id);
        database.Rows("INSERT INTO sessions (id, owner, message_count, created_at, updated_at) VALUES ('s', 'local', 2, 1, 1)");
        for (var position = 0; position < 2; position++)
            database.Rows(
                $$"""
                INSERT INTO session_messages (session_id, position, turn_id, created_at, message)
                VALUES ('s', {{position}}, 'turn_{{position}}', 1, '{"role":"user","contents":[{"$type":"text","text":"old {{position}}"}]}')
                """);

        await database.InitializeAsync();
        await database.Conversations.AddSessionAsync(Samples.Session("new") with { MessageCount = 1 }, [Samples.Message(0, null)]);
        var old = await database.Conversations.ListMessagesAsync("s", 0, 10, Cancellation);
        await database.Conversations.TryDeleteSessionAsync("s");

        Assert.Equal([(0, "turn_0", "old 0"), (1, "turn_1", "old 1")], old.Select(message => (message.Position, message.TurnId, message.Message.Text)));
        Assert.Null(Assert.Single(await database.Conversations.ListMessagesAsync("new", 0, 10, Cancellation)).TurnId);
        Assert.Empty(await database.Conversations.ListMessagesAsync("s", 0, 10, Cancellation));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Everything_from_before_events_were_stored_is_kept_and_can_be_gone_on_with(StorageProvider provider)
    {
        await using var database = await CreateAsync(provider, TurnKeys.Id);
        database.Rows(
            "INSERT INTO sessions (id, owner, active_turn_id, message_count, created_at, updated_at) VALUES ('s', 'local', 't', 0, 1, 1)");
        database.Rows(
            """
            INSERT INTO turns (id, session_id, owner, status, model, max_rounds, rounds, tool_calls, failing_rounds, input_tokens, output_tokens,
                created_at, deadline, updated_at, idempotency_key, request_hash)
            VALUES ('t', 's', 'local', 'awaiting_confirmation', 'demo', 8, 1, 1, 0, 0, 0, 1, 1, 1, 'key', 'hash')
            """);
        database.Rows(
            """
            INSERT INTO calls (call_id, owner, tool_name, origin, status, created_at, queue_time, execution_time, attempts, arguments, turn_id)
            VALUES ('c', 'local', 'calculator', 'chat', 'confirmation_required', 1, 0, 0, 0, '{}', 't')
            """);
        database.Rows(
            """
            INSERT INTO confirmations (id, owner, call_id, tool_name, definition_hash, status, turn_id, created_at, expires_at, arguments)
            VALUES ('conf', 'local', 'c', 'calculator', 'hash', 'pending', 't', 1, 1, '{}')
            """);

        await database.InitializeAsync();
        var turn = Assert.Single(await database.Conversations.ListUnfinishedTurnsAsync(Cancellation));
        var confirmation = await database.Calls.FindConfirmationAsync("conf", Cancellation);
        var decided = await database.Calls.TryDecideAsync(
            confirmation! with { Status = ConfirmationStatus.Denied, DecisionKey = "k" }, Samples.Call("c", CallStatus.Rejected));
        TurnEventRecord[] events = [new(1, "done", "{}", null)];
        var saved = await database.Conversations.TrySaveTurnAsync(turn with { Status = TurnStatus.Completed }, [], events);

        Assert.Equal(("key", "hash", 1, false), (turn.IdempotencyKey, turn.RequestHash, turn.Attempts, turn.EventsExpired));
        Assert.True(decided && saved);
        Assert.Empty(confirmation.Changes);
        Assert.Null((await database.Conversations.FindSessionAsync("s", "local", Cancellation))!.ActiveTurnId);
        await database.Conversations.TryDeleteSessionAsync("s");
        Assert.Empty(database.Rows("SELECT 1 FROM turns UNION ALL SELECT 1 FROM turn_events"));
    }

    /// <summary>A database as the version of that migration left it.</summary>
    private static async Task<TestDatabase> CreateAsync(StorageProvider provider, string migration)
    {
        var database = TestDatabase.Create(provider);
        database.Database.Prepare();
        await using var context = database.NewContext();
        database.Rows(context.GetService<IMigrator>().GenerateScript(Migration.InitialDatabase, migration, MigrationsSqlGenerationOptions.NoTransactions));
        return database;
    }
}

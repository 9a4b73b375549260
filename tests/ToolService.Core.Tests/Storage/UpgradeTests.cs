using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using ToolService.Core.Execution;
using ToolService.Core.Execution.Repair;
using ToolService.Core.Storage;
using ToolService.Core.Storage.Migrations;

namespace ToolService.Core.Tests.Storage;

public class UpgradeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Calls_from_before_repairs_were_kept_are_read_and_new_ones_have_them(StorageProvider provider)
    {
        await using var database = TestDatabase.Create(provider);
        database.Database.Prepare();
        await using (var context = database.NewContext())
            database.Rows(context.GetService<IMigrator>().GenerateScript(Migration.InitialDatabase, Initial.Id, MigrationsSqlGenerationOptions.NoTransactions));
        database.Rows(
            """
            INSERT INTO calls (call_id, owner, tool_name, origin, status, created_at, queue_time, execution_time, attempts, arguments)
            VALUES ('old', 'local', 'calculator', 'api', 'confirmation_required', 1, 0, 0, 0, '{}')
            """);

        await database.InitializeAsync();
        var old = await database.Calls.FindAsync("old", "local", Cancellation);
        ToolRepair[] repairs = [new(ToolRepairKind.TextToValue, "/a", "The string \"5\" became 5."), new(ToolRepairKind.NullOmitted, "/é", "x")];
        Assert.True(await database.Calls.TryAddAsync(Samples.Call("new") with { Repairs = repairs }));
        Assert.True(await database.Calls.TryUpdateAsync(old! with { Status = CallStatus.Succeeded, Repairs = repairs }, CallStatus.ConfirmationRequired));

        Assert.Empty(old.Repairs);
        Assert.Equal(repairs, (await database.Calls.FindAsync("new", "local", Cancellation))!.Repairs);
        Assert.Equal(repairs, (await database.Calls.FindAsync("old", "local", Cancellation))!.Repairs);
    }
}

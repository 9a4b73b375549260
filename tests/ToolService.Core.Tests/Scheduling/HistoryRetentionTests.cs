using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Execution;
using ToolService.Core.Scheduling;
using ToolService.Core.Storage;
using ToolService.Core.Tests.Execution;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Scheduling;

public class HistoryRetentionTests
{
    [Fact]
    public async Task Calls_go_when_their_time_is_over_and_not_before()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        for (var i = 0; i < 1200; i++)
            _ = database.Calls.TryAddAsync(Samples.Call($"old_{i}"));
        await database.Calls.TryAddAsync(Samples.Call("older", minute: -20));
        await database.Calls.TryAddAsync(Samples.Call("new", minute: 20));
        var time = new FakeTime();

        await using var schedule = await RunningSchedule.StartAsync(database, time, TimeSpan.FromMinutes(15));
        await time.WaitForTimersAsync(1);
        time.Advance(TimeSpan.FromSeconds(5));
        await CountAsync(database, 1201);
        await time.WaitForTimersAsync(1);
        Assert.Empty(database.Rows("SELECT call_id FROM calls WHERE call_id = 'older'"));
        time.Advance(TimeSpan.FromMinutes(16));
        await CountAsync(database, 1);

        Assert.Equal(["new"], database.Rows("SELECT call_id FROM calls"));
    }

    [Fact]
    public async Task Nothing_goes_without_a_retention()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        await database.Calls.TryAddAsync(Samples.Call("old", CallStatus.Failed));
        var retention = new HistoryRetention(database.Calls, null, TimeProvider.System, NullLogger<HistoryRetention>.Instance);

        await retention.Execute(null!, TestContext.Current.CancellationToken);

        Assert.Single(database.Rows("SELECT call_id FROM calls"));
    }

    private static async Task CountAsync(TestDatabase database, int expected)
    {
        while (database.Rows("SELECT count(*) FROM calls") is not [var count] || count != $"{expected}")
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

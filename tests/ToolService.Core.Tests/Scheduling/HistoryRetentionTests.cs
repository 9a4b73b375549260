using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Execution;
using ToolService.Core.Scheduling;
using ToolService.Core.Storage;
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
        await database.Calls.TryAddAsync(Samples.Call("new", minute: 20));
        var time = new SteppedTime(Samples.Noon.AddMinutes(10));
        using var retention = new HistoryRetention(database.Calls, TimeSpan.FromMinutes(15), time, NullLogger<HistoryRetention>.Instance);

        await retention.StartAsync(TestContext.Current.CancellationToken);
        await time.TimerStarted;
        Assert.Equal(["1201"], database.Rows("SELECT count(*) FROM calls"));
        time.Advance(TimeSpan.FromMinutes(15));
        while (database.Rows("SELECT count(*) FROM calls") is not ["1"])
            await Task.Yield();
        await retention.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["new"], database.Rows("SELECT call_id FROM calls"));
    }

    [Fact]
    public async Task Nothing_goes_without_a_retention()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        await database.Calls.TryAddAsync(Samples.Call("old", CallStatus.Failed));
        using var retention = new HistoryRetention(database.Calls, null, TimeProvider.System, NullLogger<HistoryRetention>.Instance);

        await retention.StartAsync(TestContext.Current.CancellationToken);
        await retention.ExecuteTask!;

        Assert.Single(database.Rows("SELECT call_id FROM calls"));
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using ToolService.Core.Storage;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Tests.Storage;

public class WriteQueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Unit_that_throws_fails_alone(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        var batch = await GatherAsync(database.Queue,
            queue => queue.RunAsync(session => session.Execute(CallStatements.AddCall, Samples.Call("call_1"))),
            queue =>
                queue.RunAsync<int>(session => session.Execute(CallStatements.AddCall, Samples.Call("call_2")) == 1
                    ? throw new FormatException("Mine.") : 0),
            queue => queue.RunAsync(session => session.Execute(CallStatements.AddCall, Samples.Call("call_3"))));

        Assert.Equal(1, await batch[0]);
        Assert.Equal("Mine.", (await Assert.ThrowsAsync<FormatException>(() => batch[1])).Message);
        Assert.Equal(1, await batch[2]);
        Assert.Equal(["call_1", "call_3"], database.Rows("SELECT call_id FROM calls ORDER BY call_id"));
    }

    [Theory, MemberData(nameof(TestDatabase.Providers), MemberType = typeof(TestDatabase))]
    public async Task Unit_that_the_database_refuses_fails_alone(StorageProvider provider)
    {
        await using var database = await TestDatabase.OpenAsync(provider);
        await database.Calls.TryAddAsync(Samples.Call("call_0"), Samples.Confirmation("conf_1", "call_0"));

        var refused = database.Calls.TryAddAsync(Samples.Call("call_1"), Samples.Confirmation("conf_1", "call_1"));
        var added = database.Calls.TryAddAsync(Samples.Call("call_2"));

        await Assert.ThrowsAsync<StorageException>(() => refused);
        Assert.True(await added);
        Assert.Null(await database.Calls.FindAsync("call_1", "local", Token));
    }

    [Fact]
    public async Task Writer_lives_on_when_the_disk_was_full()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var limit = new Statement<int>("PRAGMA max_page_count = 1", []);
        await database.Queue.RunAsync(session => session.First(limit, 0, row => row.GetInt64(0)));
        var large = Samples.Call("call_1") with { Result = new string('x', 1_000_000) };

        var exception = await Record.ExceptionAsync(async () =>
        {
            // The first attempt meets the limit, the second one a new connection without it.
            await database.Calls.TryAddAsync(large);
            await database.Queue.RunAsync(session => session.First(limit, 0,
                row => row.GetInt64(0)) + session.Execute(CallStatements.AddCall, large with { CallId = "call_2" }));
        });

        var fault = Assert.IsType<StorageException>(exception);
        Assert.Equal("SQLite refused the write; nothing was written.", fault.Message);
        Assert.True(await database.Calls.TryAddAsync(Samples.Call("call_3")));
        Assert.Equal(["call_1", "call_3"], database.Rows("SELECT call_id FROM calls ORDER BY call_id"));
    }

    [Fact]
    public async Task Writer_reconnects_when_the_server_dropped_its_connection()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.PostgreSql);
        var self = new Statement<int>("SELECT pg_backend_pid()", []);
        var process = await database.Queue.RunAsync(session => session.First(self, 0, row => row.GetInt32(0)));
        database.Rows($"SELECT pg_terminate_backend({process})");

        Assert.True(await database.Calls.TryAddAsync(Samples.Call("call_1")));
    }

    [Fact]
    public async Task Callers_fail_and_the_writer_lives_on_when_the_database_cannot_be_reached()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var flaky = new FlakyDatabase(database.Database) { IsDown = true };
        using var queue = new WriteQueue(flaky, NullLogger<WriteQueue>.Instance);

        var exception = await Assert.ThrowsAsync<StorageException>(() => queue.RunAsync(session => session.Execute(CallStatements.AddCall,
            Samples.Call("call_1"))));
        flaky.IsDown = false;

        Assert.Equal("SQLite cannot be reached; nothing was written.", exception.Message);
        Assert.Equal(1, await queue.RunAsync(session => session.Execute(CallStatements.AddCall, Samples.Call("call_1"))));
    }

    [Fact]
    public async Task Caller_waits_when_the_queue_is_full()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        using var queue = new WriteQueue(database.Database, NullLogger<WriteQueue>.Instance, capacity: 2);
        using var gate = new ManualResetEventSlim();
        var order = new List<int>();
        var entered = new TaskCompletionSource();
        var tasks = new List<Task<bool>> { queue.RunAsync(_ => { entered.TrySetResult(); gate.Wait(Token); return true; }) };
        await entered.Task;

        for (var i = 0; i < 5; i++)
        {
            var number = i;
            tasks.Add(queue.RunAsync(_ => { order.Add(number); return true; }));
        }

        Assert.Equal(2, queue.Waiting);
        gate.Set();
        await Task.WhenAll(tasks);
        // Those that had a place keep it; who of those that waited comes first is not promised. A batch may run twice.
        Assert.Equal([0, 1], order.Distinct().Take(2));
        Assert.Equal([0, 1, 2, 3, 4], order.Distinct().Order());
    }

    [Fact]
    public async Task Stop_writes_what_was_handed_over_and_then_refuses()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var handed = Enumerable.Range(0, 2000).Select(i => database.Calls.TryAddAsync(Samples.Call($"call_{i}"))).ToArray();

        await database.Queue.StopAsync();

        Assert.All(handed, task => Assert.True(task is { IsCompletedSuccessfully: true, Result: true }));
        Assert.Equal(["2000"], database.Rows("SELECT count(*) FROM calls"));
        var exception = await Assert.ThrowsAsync<StorageException>(() => database.Calls.TryAddAsync(Samples.Call("late")));
        Assert.Contains("stopping", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_write_to_one_file()
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        using var first = new WriteQueue(database.Database, NullLogger<WriteQueue>.Instance);
        using var second = new WriteQueue(database.Database, NullLogger<WriteQueue>.Instance);

        var added = await Task.WhenAll(Enumerable.Range(0, 400).Select(i =>
            (i % 2 == 0 ? first : second).RunAsync(session => session.Execute(CallStatements.AddCall, Samples.Call($"call_{i / 2}")))));

        Assert.Equal(200, added.Sum());
        Assert.Equal(["ok"], database.Rows("PRAGMA integrity_check"));
    }

    /// <summary>Hands over all units while the writer is held up, so that they gather into one batch.</summary>
    private static async Task<Task<int>[]> GatherAsync(WriteQueue queue, params Func<WriteQueue, Task<int>>[] units)
    {
        using var gate = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        var holder = queue.RunAsync(_ => { entered.TrySetResult(); gate.Wait(Token); return true; });
        await entered.Task;
        Task<int>[] gathered = [.. units.Select(unit => unit(queue))];
        gate.Set();
        await holder;
        return gathered;
    }
}

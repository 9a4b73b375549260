using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ToolService.Core;
using ToolService.Core.Execution;
using ToolService.Core.Storage;

namespace ToolService.Benchmarks;

/// <summary>How many calls a second the history takes, each durable before its caller goes on.</summary>
internal static class StorageBenchmark
{
    public static async Task RunAsync(string[] args)
    {
        var calls = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200_000;
        var callers = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 32;
        var folder = Directory.CreateTempSubdirectory("toolservice-bench-");
        try
        {
            var server = args.Length > 2 ? args[2] : null;
            await (server is null
                ? MeasureAsync($"Data Source={folder.FullName}/bench.db", StorageProvider.Sqlite, calls, callers)
                : MeasureAsync(server, StorageProvider.PostgreSql, calls, callers));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string connectionString, StorageProvider provider, int calls, int callers)
    {
        var start = Stopwatch.GetTimestamp();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Storage:Provider", provider.ToString()), new("Storage:ConnectionString", connectionString)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddStorage(configuration).BuildServiceProvider();
        await services.GetRequiredService<StorageInitializer>().InitializeAsync(CancellationToken.None);
        Report("start, with a new database", start, 1);

        var store = services.GetRequiredService<ICallStore>();
        Console.WriteLine(services.GetRequiredService<IStorageHealth>().Engine);
        start = Stopwatch.GetTimestamp();
        await store.ListAsync(new CallQuery(), CancellationToken.None);
        Report("first read", start, 1);

        await AddAsync(store, calls / 10, callers);
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        start = Stopwatch.GetTimestamp();
        await AddAsync(store, calls, callers);
        Report($"{calls} calls from {callers} callers", start, calls);
        Console.WriteLine($"processor time {Process.GetCurrentProcess().TotalProcessorTime - processor}");

        start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 1000; i++)
            await store.ListAsync(new CallQuery { ToolName = "calculator", Limit = 10 }, CancellationToken.None);
        Report("pages of ten of one tool", start, 1000);

        start = Stopwatch.GetTimestamp();
        await store.SummarizeAsync(new CallQuery(), CancellationToken.None);
        Report("statistics of all", start, 1);
    }

    private static Task AddAsync(ICallStore store, int calls, int callers) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
    {
        for (var i = 0; i < calls / callers; i++)
            await store.TryAddAsync(NewCall());
    })));

    private static CallRecord NewCall() => new()
    {
        CallId = Ids.NewCall(),
        Owner = "local",
        ToolName = "calculator",
        Origin = CallOrigin.Api,
        Arguments = """{"expression":"(1 + 2) * 3 ^ 2"}""",
        DefinitionHash = "5f1d3c0e7a9b4d2f",
        Status = CallStatus.Succeeded,
        Result = "27",
        Attempts = 1,
        ExecutionTime = TimeSpan.FromMicroseconds(37),
        CreatedAt = DateTimeOffset.UtcNow,
        CompletedAt = DateTimeOffset.UtcNow,
    };

    private static void Report(string what, long start, int count)
    {
        var elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"{what}: {elapsed.TotalMilliseconds:0.0} ms, {count / elapsed.TotalSeconds:0}/s");
    }
}

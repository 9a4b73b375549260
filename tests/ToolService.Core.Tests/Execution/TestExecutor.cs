using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Storage;
using ToolService.Core.Tests.Storage;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Tests.Execution;

/// <summary>The executor as the service builds it, on a real store, with the tools, the clock and the host that a test gives it.</summary>
internal sealed class TestExecutor : IAsyncDisposable
{
    private const string Owner = "local";

    private readonly TestDatabase _database;

    private TestExecutor(TestDatabase database, TimeProvider time, ExecutionOptions options, Tool[] tools)
    {
        _database = database;
        var lists = Options.Create(new ToolsOptions());
        Registry = new ToolRegistry(lists);
        Registry.Replace("code", tools);
        var access = new ToolAccess(lists);
        Stop = new EmergencyStop(database.Services.GetRequiredService<IServiceStateStore>(), time, NullLogger<EmergencyStop>.Instance);
        Sources = new ToolSources(
            Registry, database.Services.GetRequiredService<IKnownToolStore>(), Options.Create(new SourcesOptions()), time,
            NullLogger<ToolSources>.Instance);
        var finder = new ToolFinder(Registry, Sources);
        var elicitations = new Elicitations(database.Calls, Options.Create(options), time, NullLogger<Elicitations>.Instance);
        Executor = new SafeExecutor(Registry, finder, access, database.Calls, Stop, elicitations, Lifetime, Options.Create(options), time, Logger);
        Confirmations = new ConfirmationService(
            database.Calls, Executor, elicitations, Stop, finder, access, time, NullLogger<ConfirmationService>.Instance);
    }

    public FakeLifetime Lifetime { get; } = new();

    public RecordingLogger Logger { get; } = new();

    public EmergencyStop Stop { get; }

    public ToolRegistry Registry { get; }

    public ToolSources Sources { get; }

    public SafeExecutor Executor { get; }

    public ConfirmationService Confirmations { get; }

    public ICallStore Store => _database.Calls;

    public static async Task<TestExecutor> StartAsync(TimeProvider time, ExecutionOptions options, params Tool[] tools) =>
        new(await TestDatabase.OpenAsync(StorageProvider.Sqlite), time, options, tools);

    public static Task<TestExecutor> StartAsync(params Tool[] tools) => StartAsync(TimeProvider.System, new ExecutionOptions(), tools);

    public Task<ToolResult> CallAsync(
        string tool, string arguments = "{}", string? id = null, CancellationToken cancellationToken = default) =>
        Executor.ExecuteAsync(new ToolCall(id ?? Ids.NewCall(), tool, arguments), Context(mayExist: id is not null), cancellationToken);

    public static CallContext Context(bool mayExist = false) => new(Owner, CallOrigin.Api) { MayExist = mayExist };

    /// <summary>Those of another process on the same store, begun now.</summary>
    public Elicitations OtherProcess(TimeProvider time) =>
        new(Store, Options.Create(new ExecutionOptions()), time, NullLogger<Elicitations>.Instance);

    /// <summary>Leaves a call as a process does that is killed while the tool runs.</summary>
    public async Task CrashAsync(string id, string tool, string arguments = "{}") => Assert.True(await Store.TryAddAsync(new CallRecord
    {
        CallId = id,
        Owner = Owner,
        ToolName = tool,
        Origin = CallOrigin.Api,
        Arguments = arguments,
        Status = CallStatus.Started,
        CreatedAt = Samples.Noon,
    }));

    public async ValueTask DisposeAsync()
    {
        Executor.Dispose();
        await Sources.DisposeAsync();
        Lifetime.Dispose();
        await _database.DisposeAsync();
    }
}

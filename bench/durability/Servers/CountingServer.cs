using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ToolService.Durability.Servers;

/// <summary>What the tools act on: outlives the service, and knows how often each call really ran.</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _runs = new();
    private readonly ConcurrentDictionary<string, string> _items = new();
    private readonly ConcurrentQueue<string> _duplicates = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();
    private readonly WebApplication _app;
    private readonly Func<bool> _onCall;
    private volatile bool _holds;

    private CountingServer(Func<bool> onCall)
    {
        _onCall = onCall;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/{kind}", RunAsync);
    }

    public string Address => _app.Urls.First();

    /// <summary>Whether the tool that can be held does not answer.</summary>
    public bool Holds
    {
        get => _holds;
        set => _holds = value;
    }

    /// <param name="onCall">Is told of each call before it is answered; whether the service was killed over it.</param>
    public static async Task<CountingServer> StartAsync(Func<bool> onCall)
    {
        var server = new CountingServer(onCall);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>How often a tool ran for the call.</summary>
    public int RunsOf(string callId) => _runs.GetValueOrDefault(callId);

    /// <summary>Effects that happened twice, and items that came under more than one call id, since the last look.</summary>
    public IReadOnlyList<string> TakeDuplicates()
    {
        List<string> taken = [];
        while (_duplicates.TryDequeue(out var duplicate))
            taken.Add(duplicate);
        return taken;
    }

    /// <summary>Completes when the call of the item has arrived that is held.</summary>
    public Task HeldAsync(string item) => Waiter(item).Task;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<string> RunAsync(string kind, string call_id, string item, HttpContext context)
    {
        if (_runs.AddOrUpdate(call_id, 1, (_, runs) => runs + 1) > 1 && ToolKinds.RunsOnce(kind))
            _duplicates.Enqueue($"{kind} call {call_id} ran again");
        if (_items.GetOrAdd(item, call_id) is var first && first != call_id)
            _duplicates.Enqueue($"{item} came under call id {first} and under {call_id}");
        if (_onCall() || (kind == ToolKinds.Held && Holds))
        {
            Waiter(item).TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return $"did {item}";
    }

    private TaskCompletionSource Waiter(string item) =>
        _held.GetOrAdd(item, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ToolService.Testing;

/// <summary>A real HTTP server on 127.0.0.1 that takes callbacks and answers as a test tells it to.</summary>
public sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly List<RecordedRequest> _requests = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Func<RecordedRequest, int, Task<IResult>> _answer;
    private readonly WebApplication _app;
    private int _taken;

    private CallbackReceiver(Func<RecordedRequest, int, Task<IResult>> answer, int port)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.MapPost("/{**path}", ReceiveAsync);
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:PORT/hook</c>.</summary>
    public Uri Url => new($"{_app.Urls.First()}/hook");

    /// <summary>Everything that was sent, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Starts one that answers with these statuses, and then with 204.</summary>
    public static Task<CallbackReceiver> StartAsync(params int[] statuses)
    {
        var queue = new ConcurrentQueue<int>(statuses);
        return StartAsync((_, _) => Task.FromResult(Results.StatusCode(queue.TryDequeue(out var status) ? status : 204)));
    }

    /// <summary>Starts one that answers each request by a function, which gets the request and how many came before it.</summary>
    /// <param name="answer">Called for each request, also at the same time.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    public static async Task<CallbackReceiver> StartAsync(Func<RecordedRequest, int, Task<IResult>> answer, int port = 0)
    {
        var receiver = new CallbackReceiver(answer, port);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next request that has not been taken by a call before.</summary>
    public async Task<RecordedRequest> NextAsync(CancellationToken cancellationToken)
    {
        await _arrived.WaitAsync(cancellationToken);
        lock (_requests)
            return _requests[_taken++];
    }

    /// <summary>Stops at once, whatever is still being answered.</summary>
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Asked for above: an answer may wait for ever.
        }

        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new RecordedRequest(
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        int before;
        lock (_requests)
        {
            before = _requests.Count;
            _requests.Add(request);
        }

        _arrived.Release();
        var answer = await _answer(request, before).WaitAsync(context.RequestAborted);
        await answer.ExecuteAsync(context);
    }
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ToolService.Testing;

/// <summary>A real HTTP server on a free port of 127.0.0.1 that takes any request and answers as a test tells it to.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly WebApplication _app;

    private HttpReceiver(Func<HttpContext, RecordedRequest, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(async context => await answer(context, await TakeAsync(context)));
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:PORT</c>.</summary>
    public string Url => _app.Urls.First();

    /// <summary>Everything that was sent, in order of arrival; a path begins with the method, and is as it came over the wire.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>Starts one that answers each request with this JSON.</summary>
    public static Task<HttpReceiver> StartAsync(string json, int status = 200) => StartAsync((context, _) => JsonAsync(context, json, status));

    /// <summary>Starts one that answers by a function.</summary>
    public static async Task<HttpReceiver> StartAsync(Func<HttpContext, RecordedRequest, Task> answer)
    {
        var receiver = new HttpReceiver(answer);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with JSON.</summary>
    public static Task JsonAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
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
    }

    private async Task<RecordedRequest> TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new RecordedRequest(
            $"{context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        _requests.Enqueue(request);
        return request;
    }
}

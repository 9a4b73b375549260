using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

/// <summary>A turn's events as server-sent events, from its first to its last, with heartbeats that keep proxies from closing a quiet stream.</summary>
internal sealed class EventStream(TurnRun run, ModelRegistry models) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        var aborted = httpContext.RequestAborted;
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var events = run.WatchAsync(aborted).GetAsyncEnumerator(aborted);
        await using (events)
        {
            for (var sequence = 1; ; sequence++)
            {
                var next = events.MoveNextAsync().AsTask();
                while (!await EndsWithinAsync(next, time, aborted))
                    await WriteAsync(response, ": still here\n\n", aborted);
                if (!await next)
                    return;

                var (type, data) = EventView.Of(events.Current, models, ProblemResult.TraceIdOf(httpContext));
                var json = JsonSerializer.Serialize(data, options.GetTypeInfo(data.GetType()));
                await WriteAsync(response, string.Create(CultureInfo.InvariantCulture, $"id: {sequence}\nevent: {type}\ndata: {json}\n\n"), aborted);
            }
        }
    }

    private static async Task<bool> EndsWithinAsync(Task<bool> next, TimeProvider time, CancellationToken aborted)
    {
        await ((Task)next).WaitAsync(Heartbeat, time, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        aborted.ThrowIfCancellationRequested();
        return next.IsCompleted;
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}

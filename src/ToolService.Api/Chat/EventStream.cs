using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

/// <summary>A turn's events as server-sent events, with heartbeats that keep proxies from closing a quiet stream.</summary>
/// <param name="feeds">Where the events come from.</param>
/// <param name="turnId">The turn.</param>
/// <param name="after">The last event that the client has; 0 for none.</param>
/// <param name="untilEnded">Whether to stay while the turn waits for a person, until it has ended.</param>
internal sealed class EventStream(TurnFeeds feeds, string turnId, int after = 0, bool untilEnded = false) : IResult
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        using var left = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        using var letGo = new CancellationTokenSource();
        var aborted = left.Token;
        var lettingGo = LetGoAsync(services, time, letGo, left);
        var events = feeds.WatchAsync(turnId, after, untilEnded, aborted, letGo.Token).GetAsyncEnumerator(aborted);
        Task<bool>? next = null;
        try
        {
            // The client learns at once that it is connected, also where nothing happens for a while.
            await response.Body.FlushAsync(aborted);
            while (true)
            {
                next = events.MoveNextAsync().AsTask();
                while (!await EndsWithinAsync(next, time, aborted))
                    await WriteAsync(response, ": still here\n\n", aborted);
                if (!await next)
                    return;

                await WriteAsync(response, TextOf(events.Current), aborted);
            }
        }
        catch (TurnLostException)
        {
            await WriteAsync(response, Lost(httpContext), aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The client left, or did not read while the service stops: it comes back with the last id that it has. What it was sent and
            // has not read must not keep the connection open.
            httpContext.Abort();
        }
        finally
        {
            // A watch must not be disposed of while it is waiting.
            await left.CancelAsync();
            await lettingGo;
            if (next is not null)
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await events.DisposeAsync();
        }
    }

    // When the service stops: a turn at work is put aside first, and that is still told. Then a stream ends with what there is, and a
    // client that does not take it in time is left.
    private async Task LetGoAsync(IServiceProvider services, TimeProvider time, CancellationTokenSource letGo, CancellationTokenSource left)
    {
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var turns = services.GetRequiredService<TurnService>();
        try
        {
            using (var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, left.Token))
                await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await turns.LeftAsync(turnId).WaitAsync(left.Token);
            await letGo.CancelAsync();
            await Task.Delay(Patience, time, left.Token);
            await left.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The stream has ended.
        }
    }

    private static string TextOf(TurnEventRecord turnEvent) =>
        string.Create(CultureInfo.InvariantCulture, $"id: {turnEvent.Sequence}\nevent: {turnEvent.Type}\ndata: {turnEvent.Data}\n\n");

    // Without an id: it is not in the log, since the log is what could not be written.
    private static string Lost(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var problem = new TurnEventFormat.ErrorData(Problems.Internal().Problem with { TraceId = ProblemResult.TraceIdOf(context) });
        return $"event: error\ndata: {JsonSerializer.Serialize(problem, options.GetTypeInfo(typeof(TurnEventFormat.ErrorData)))}\n\n";
    }

    private static async Task<bool> EndsWithinAsync(Task<bool> next, TimeProvider time, CancellationToken aborted)
    {
        if (next.IsCompleted)
            return true;

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

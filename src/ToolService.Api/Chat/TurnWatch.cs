using System.Text;
using Microsoft.AspNetCore.Http.Features;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

/// <summary>Follows a turn for a client that reads server-sent events, whatever their form.</summary>
internal static class TurnWatch
{
    /// <summary>A line that keeps proxies from closing a quiet stream.</summary>
    public const string StillHere = ": still here\n\n";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Makes the response a stream of events.</summary>
    public static void Open(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Writes a piece of the stream, and sends it off.</summary>
    public static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>Hands the turn's events over, one by one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="feeds">Where the events come from.</param>
    /// <param name="turnId">The turn.</param>
    /// <param name="after">The last event that the client has; 0 for none.</param>
    /// <param name="untilEnded">Whether to stay while the turn waits for a person, until it has ended.</param>
    /// <param name="take">Takes an event, or null where there was none for a while; whether to go on.</param>
    /// <returns>False when the client left, or did not read while the service stops; what it was sent and has not read must not keep the
    /// connection open.</returns>
    /// <exception cref="TurnLostException">The store failed while the turn was at work.</exception>
    public static async Task<bool> FollowAsync(
        HttpContext context, TurnFeeds feeds, string turnId, int after, bool untilEnded,
        Func<TurnEventRecord?, CancellationToken, Task<bool>> take)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        using var left = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var letGo = new CancellationTokenSource();
        var aborted = left.Token;
        var lettingGo = LetGoAsync(context.RequestServices, turnId, time, letGo, left);
        var events = feeds.WatchAsync(turnId, after, untilEnded, aborted, letGo.Token).GetAsyncEnumerator(aborted);
        Task<bool>? next = null;
        try
        {
            while (true)
            {
                next = events.MoveNextAsync().AsTask();
                while (!await EndsWithinAsync(next, time, aborted))
                    if (!await take(null, aborted))
                        return true;
                if (!await next || !await take(events.Current, aborted))
                    return true;
            }
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            return false;
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
    private static async Task LetGoAsync(
        IServiceProvider services, string turnId, TimeProvider time, CancellationTokenSource letGo, CancellationTokenSource left)
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

    private static async Task<bool> EndsWithinAsync(Task<bool> next, TimeProvider time, CancellationToken aborted)
    {
        if (next.IsCompleted)
            return true;

        await ((Task)next).WaitAsync(Heartbeat, time, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        aborted.ThrowIfCancellationRequested();
        return next.IsCompleted;
    }
}

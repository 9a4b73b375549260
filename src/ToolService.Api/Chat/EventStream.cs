using System.Globalization;
using System.Text.Json;
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
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        TurnWatch.Open(response);
        try
        {
            // The client learns at once that it is connected, also where nothing happens for a while.
            await response.Body.FlushAsync(httpContext.RequestAborted);
            if (!await TurnWatch.FollowAsync(httpContext, feeds, turnId, after, untilEnded, TakeAsync))
                httpContext.Abort();
        }
        catch (TurnLostException)
        {
            await TurnWatch.WriteAsync(response, Lost(httpContext), httpContext.RequestAborted);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Abort();
        }

        async Task<bool> TakeAsync(TurnEventRecord? turnEvent, CancellationToken cancellationToken)
        {
            await TurnWatch.WriteAsync(response, turnEvent is null ? TurnWatch.StillHere : TextOf(turnEvent), cancellationToken);
            return true;
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
}

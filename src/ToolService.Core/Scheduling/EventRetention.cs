using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;
using ToolService.Core.Conversations;

namespace ToolService.Core.Scheduling;

/// <summary>Deletes the events of turns that ended long ago.</summary>
[DisallowConcurrentExecution]
internal sealed partial class EventRetention(
    ITurnEventStore events, IOptions<ConversationOptions> options, TimeProvider time, ILogger<EventRetention> logger) : IJob
{
    // Small enough that other writes, behind it in the queue, hardly wait.
    private const int Turns = 20;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (options.Value.EventRetention is not { } keep)
            return;

        try
        {
            var instant = time.GetUtcNow() - keep;
            long turns = 0;
            while (await events.DeleteBeforeAsync(instant, Turns, cancellationToken) is > 0 and var batch)
                turns += batch;
            if (turns > 0)
                LogDeleted(logger, turns, instant);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops; the next start sees to what is left.
        }
        catch (Exception e)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(207, LogLevel.Information, "Deleted the events of {Count} turns that ended before {Instant}")]
    private static partial void LogDeleted(ILogger logger, long count, DateTimeOffset instant);

    [LoggerMessage(208, LogLevel.Error, "Old events could not be deleted; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

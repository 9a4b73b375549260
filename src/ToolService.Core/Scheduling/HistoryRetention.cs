using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>Deletes what the history need not keep any longer.</summary>
/// <param name="store">The history.</param>
/// <param name="keep">How long an ended call stays; null keeps all for ever.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it tells what it did.</param>
[DisallowConcurrentExecution]
internal sealed partial class HistoryRetention(ICallStore store, TimeSpan? keep, TimeProvider time, ILogger<HistoryRetention> logger) : IJob
{
    // Small enough that a call's own write, behind it in the queue, hardly waits.
    private const int BatchSize = 500;

    private static readonly TimeSpan LongestPeriod = TimeSpan.FromHours(1);

    /// <summary>How often it runs: every hour or, for a shorter retention, as often as that.</summary>
    public static TimeSpan Period(TimeSpan? keep) => keep < LongestPeriod ? keep.Value : LongestPeriod;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        if (keep is not { } kept)
            return;

        try
        {
            var instant = time.GetUtcNow() - kept;
            long deleted = 0;
            while (await store.DeleteBeforeAsync(instant, BatchSize, cancellationToken) is > 0 and var batch)
                deleted += batch;
            if (deleted > 0)
                LogDeleted(logger, deleted, instant);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops; the next start sees to what is left.
        }
        catch (Exception exception)
        {
            // The next round tries again; a store that stays down shows in the readiness check.
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} calls that arrived before {Instant} from the history")]
    private static partial void LogDeleted(ILogger logger, long count, DateTimeOffset instant);

    [LoggerMessage(Level = LogLevel.Error, Message = "The history could not be cleaned")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

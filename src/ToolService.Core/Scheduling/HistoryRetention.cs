using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>
/// Deletes what the history need not keep any longer: when the service starts, then every hour or, for a shorter retention, as often as
/// that.
/// </summary>
/// <param name="store">The history.</param>
/// <param name="retention">How long an ended call stays; null keeps all for ever.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it tells what it did.</param>
internal sealed partial class HistoryRetention(
    ICallStore store, TimeSpan? retention, TimeProvider time, ILogger<HistoryRetention> logger) : BackgroundService
{
    // Small enough that a call's own write, behind it in the queue, hardly waits.
    private const int BatchSize = 500;

    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (retention is not { } keep)
            return;

        using var timer = new PeriodicTimer(keep < LongestInterval ? keep : LongestInterval, time);
        do
        {
            await CleanAsync(keep, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CleanAsync(TimeSpan keep, CancellationToken cancellationToken)
    {
        try
        {
            var instant = time.GetUtcNow() - keep;
            long deleted = 0;
            while (await store.DeleteBeforeAsync(instant, BatchSize, cancellationToken) is > 0 and var batch)
                deleted += batch;
            if (deleted > 0)
                LogDeleted(logger, deleted, instant);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
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

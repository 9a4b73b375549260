using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Conversations;

namespace ToolService.Core.Scheduling;

/// <inheritdoc/>
internal sealed partial class BackgroundTurns(ISchedulerFactory schedulers, ILogger<BackgroundTurns> logger) : IBackgroundTurns
{
    public async Task EnqueueAsync(Turn turn)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler();
            await scheduler.RunForAsync<BackgroundTurnJob>(turn.Id, turn.CreatedAt, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogFailed(logger, e, turn.Id);
        }
    }

    [LoggerMessage(205, LogLevel.Warning, "Turn {TurnId} could not be scheduled; it stays queued until the service looks for such turns")]
    private static partial void LogFailed(ILogger logger, Exception exception, string turnId);
}

using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Conversations;

namespace ToolService.Core.Scheduling;

/// <summary>
/// Goes on, when the service has started, with turns that were queued or interrupted; and later with those that were lost because the store
/// failed.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class TurnRecovery(IConversationStore conversations, TurnRunner runner, ILogger<TurnRecovery> logger) : IJob
{
    /// <summary>How often it runs.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var turn in await conversations.ListUnfinishedTurnsAsync(cancellationToken))
                if (turn.Status is TurnStatus.Queued)
                    await context.Scheduler.RunForAsync<BackgroundTurnJob>(turn.Id, turn.CreatedAt, cancellationToken);
            await runner.RecoverAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || runner.IsStopping)
        {
            // The next start finds them.
        }
        catch (Exception e)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(206, LogLevel.Error, "Unfinished turns could not be looked for; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

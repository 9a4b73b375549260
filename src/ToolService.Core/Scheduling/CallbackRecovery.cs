using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Core.Scheduling;

/// <summary>
/// Schedules, when the service has started, the callbacks that were left to be sent; and later those of which this process did not hear, as the
/// store failed after it had written them.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class CallbackRecovery(ICallbackStore callbacks, ILogger<CallbackRecovery> logger) : IJob
{
    /// <summary>How often it runs.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var callback in await callbacks.ListPendingAsync(cancellationToken))
            {
                var at = callback.NextAttemptAt ?? callback.CreatedAt;
                await context.Scheduler.RunForAsync<CallbackJob>(callback.Id, at, cancellationToken);
            }
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

    [LoggerMessage(203, LogLevel.Error, "Callbacks that are to be sent could not be read; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

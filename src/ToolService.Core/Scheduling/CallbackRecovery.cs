using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Core.Scheduling;

/// <summary>Schedules, when the service has started, the callbacks that were left to be sent.</summary>
internal sealed partial class CallbackRecovery(ICallbackStore callbacks, TimeProvider time, ILogger<CallbackRecovery> logger) : IJob
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

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
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, e);
            await context.Scheduler.RunForAsync<CallbackRecovery>("again", time.GetUtcNow() + AfterFailure, cancellationToken);
        }
    }

    [LoggerMessage(203, LogLevel.Error, "Callbacks that are to be sent could not be read; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

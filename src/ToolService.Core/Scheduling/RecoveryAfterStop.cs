using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>
/// Looks for turns to go on with as soon as the operator starts the service that was stopped: queued ones, and those whose confirmations were all
/// decided meanwhile.
/// </summary>
internal sealed partial class RecoveryAfterStop(EmergencyStop stop, ISchedulerFactory schedulers, ILogger<RecoveryAfterStop> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        stop.Started += Recover;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        stop.Started -= Recover;
        return Task.CompletedTask;
    }

    private void Recover() => _ = RecoverAsync();

    private async Task RecoverAsync()
    {
        try
        {
            var scheduler = await schedulers.GetScheduler();
            await scheduler.TriggerJob(new JobKey(nameof(TurnRecovery)));
        }
        catch (Exception e)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(209, LogLevel.Error, "The service could not look for turns to go on with after its start; it looks for them again in a minute")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

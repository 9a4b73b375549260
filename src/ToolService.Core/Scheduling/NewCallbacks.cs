using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Core.Scheduling;

/// <summary>Schedules callbacks as they come.</summary>
internal sealed partial class NewCallbacks(
    ICallbackStore callbacks, ISchedulerFactory schedulers, ILogger<NewCallbacks> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        callbacks.Added += Schedule;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        callbacks.Added -= Schedule;
        return Task.CompletedTask;
    }

    private void Schedule(Callback callback) => _ = ScheduleAsync(callback);

    private async Task ScheduleAsync(Callback callback)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler();
            await scheduler.RunForAsync<CallbackJob>(callback.Id, callback.CreatedAt, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogFailed(logger, e, callback.Id);
        }
    }

    [LoggerMessage(204, LogLevel.Warning, "Callback {CallbackId} could not be scheduled; it is sent a little later")]
    private static partial void LogFailed(ILogger logger, Exception exception, string callbackId);
}

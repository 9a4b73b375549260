using Microsoft.Extensions.Logging;
using Quartz;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Core.Scheduling;

/// <summary>Sends one callback, and again when it is to be sent again.</summary>
internal sealed partial class CallbackJob(CallbackSender sender, TimeProvider time, ILogger<CallbackJob> logger) : IJob
{
    /// <summary>How many callbacks are sent at the same time.</summary>
    public const int MaxParallel = 16;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var id = context.ItemId();
        DateTimeOffset? next;
        try
        {
            next = await sender.TryAsync(id, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            LogFailed(logger, e, id);
            next = time.GetUtcNow() + AfterFailure;
        }

        if (next is { } at)
            await context.Scheduler.RunForAsync<CallbackJob>(id, at, cancellationToken);
    }

    [LoggerMessage(202, LogLevel.Error, "Callback {CallbackId} could not be read or written; trying again")]
    private static partial void LogFailed(ILogger logger, Exception exception, string callbackId);
}

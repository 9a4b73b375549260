using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;

namespace ToolService.Core.Scheduling;

/// <summary>Lets the queue go on as soon as the operator starts the service that was stopped.</summary>
internal sealed partial class StoppedQueue(
    EmergencyStop stop, IConversationStore conversations, IBackgroundTurns background, ILogger<StoppedQueue> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        stop.Started += Enqueue;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        stop.Started -= Enqueue;
        return Task.CompletedTask;
    }

    private void Enqueue() => _ = EnqueueAsync();

    private async Task EnqueueAsync()
    {
        try
        {
            foreach (var turn in await conversations.ListUnfinishedTurnsAsync(CancellationToken.None))
                if (turn.Status is TurnStatus.Queued)
                    await background.EnqueueAsync(turn);
        }
        catch (Exception e)
        {
            LogFailed(logger, e);
        }
    }

    [LoggerMessage(209, LogLevel.Error, "Queued turns could not be looked for after the start; the service looks for them again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

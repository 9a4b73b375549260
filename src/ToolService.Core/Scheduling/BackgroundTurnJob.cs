using Quartz;
using ToolService.Core.Conversations;

namespace ToolService.Core.Scheduling;

/// <summary>Runs one queued turn until it has ended, waits for a person, or is put aside as the service stops.</summary>
internal sealed class BackgroundTurnJob(IConversationStore conversations, TurnRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var id = context.ItemId();
        var turn = await conversations.FindTurnAsync(id, null, cancellationToken);
        // It may have been cancelled while it waited. While the operator has stopped the service it stays queued, and recovery finds it later.
        if (turn is { Status: TurnStatus.Queued } && !runner.IsStopping && !runner.IsStopped)
            await ((Task)runner.Resume(id).Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

using ToolService.Core.Conversations.Context;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>Turns as the stores have them, with their messages, calls and confirmations.</summary>
internal sealed class TurnReader(IConversationStore store, ICallStore calls)
{
    /// <summary>A turn that exists.</summary>
    public async Task<TurnReport> ReportAsync(string turnId, CancellationToken cancellationToken) => await ReportAsync(
        await store.FindTurnAsync(turnId, null, cancellationToken) ?? throw new InvalidOperationException($"Turn {turnId} is not in the store."),
        cancellationToken);

    /// <summary>A turn with its calls and what it waits for.</summary>
    public async Task<TurnReport> ReportAsync(Turn turn, CancellationToken cancellationToken)
    {
        var pending = turn.Status is TurnStatus.AwaitingConfirmation or TurnStatus.Running
            ? await calls.ListConfirmationsAsync(null, ConfirmationStatus.Pending, turn.Id, int.MaxValue, null, cancellationToken)
            : [];
        return new TurnReport(turn, await CallsAsync(turn, cancellationToken), pending);
    }

    /// <summary>The messages of the turn's session.</summary>
    public Task<IReadOnlyList<SessionMessage>> MessagesAsync(Turn turn, CancellationToken cancellationToken) =>
        store.ListMessagesAsync(turn.SessionId, 0, int.MaxValue, cancellationToken);

    /// <summary>What of them the model is sent.</summary>
    public async Task<SessionContext> ContextAsync(Turn turn, CancellationToken cancellationToken) =>
        (await store.FindSessionAsync(turn.SessionId, null, cancellationToken))?.Context ?? SessionContext.None;

    /// <summary>Every turn that has not ended and waits for nobody, oldest first.</summary>
    public async Task<IReadOnlyList<Turn>> ListInterruptedAsync(CancellationToken cancellationToken)
    {
        // First: one that is decided between the two reads is gone on with by whoever decided.
        var turns = await store.ListUnfinishedTurnsAsync(cancellationToken);
        if (!turns.Any(turn => turn.Status is TurnStatus.AwaitingConfirmation))
            return turns;

        var pending = await calls.ListConfirmationsAsync(null, ConfirmationStatus.Pending, null, int.MaxValue, null, cancellationToken);
        var waiting = pending.Select(confirmation => confirmation.TurnId).ToHashSet();
        return [.. turns.Where(turn => turn.Status is not TurnStatus.AwaitingConfirmation || !waiting.Contains(turn.Id))];
    }

    private async Task<IReadOnlyList<CallRecord>> CallsAsync(Turn turn, CancellationToken cancellationToken)
    {
        if (turn.ToolCalls == 0)
            return [];

        var page = await calls.ListAsync(new CallQuery { TurnId = turn.Id, Limit = turn.ToolCalls }, cancellationToken);
        return [.. page.Calls.OrderBy(call => call.CallId, StringComparer.Ordinal)];
    }
}

using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Conversations.Rounds;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>
/// The loop: ask the model, run the calls it asks for, give it their results, until it answers or a limit is reached. A turn that begins and
/// one that goes on after a confirmation or a restart take the same path: what there is to do next is read off the messages.
/// </summary>
internal sealed class TurnLoop(
    RoundModel model,
    RoundCalls calls,
    TurnConvergence convergence,
    TurnWriter writer,
    EmergencyStop emergency,
    IOptions<ConversationOptions> options,
    TimeProvider time)
{
    private readonly ConversationOptions _options = options.Value;

    /// <summary>Works on the turn until it ends, waits for a person, or the service stops.</summary>
    public async Task<TurnReport> RunAsync(TurnRun run, TurnState state, bool resumed, CancellationToken stopping)
    {
        using var stops = new TurnStops(run, state.Turn.Deadline - time.GetUtcNow(), emergency, time, stopping);
        while (true)
        {
            var decisions = run.Decisions;
            if (state.Unanswered is { Count: > 0 } requested)
            {
                var pending = await calls.AnswerAsync(state, requested, resumed, stops.ForCalls);
                if (pending.Count > 0 && stops.ForCalls.IsCancellationRequested)
                    await calls.WithdrawAsync(pending);
                else if (pending.Count > 0 && await TryWaitAsync(run, state, pending, decisions) is { } waiting)
                    return waiting;
                resumed |= pending.Count > 0;
                if (pending.Count > 0)
                    continue;
                if (stops.End is null && await TryHandOverAsync(state) is { } handedOver)
                    return handedOver;
                if (stops.End is null && convergence.TryAnswer(state))
                    return await CompleteAsync(state, stops);
            }

            if ((stops.End ?? LimitOf(state.Turn) ?? convergence.LoopEnd(state) ?? LastOf(state.Turn)) is { } end)
                return await EndAsync(state, end);
            if (stops.IsStopping)
                return await PutAsideAsync(state);

            await convergence.PlanAsync(state, stops.ForModel);
            if (await model.AskAsync(state, stops) is not { } answered)
                resumed = false;
            else if (answered == TurnEnd.Completed)
                return await CompleteAsync(state, stops);
            else
                return answered == TurnEnd.PutAside ? await PutAsideAsync(state) : await EndAsync(state, answered);
        }
    }

    /// <summary>Ends the turn, with a result for every call that has none: none of them begins, or waits for a person, any more.</summary>
    public async Task<TurnReport> EndAsync(TurnState state, TurnEnd end)
    {
        // What is handed over has its results when the client comes back.
        if (end != TurnEnd.HandedOver && state.Unanswered is { Count: > 0 } requested)
            await calls.SettleAsync(state, requested);
        return await writer.LeaveAsync(state, new TurnReport(
            state.Turn with { Status = end.Status, Reason = end.Reason, ReasonMessage = end.Message }, state.Calls, []));
    }

    /// <summary>Writes the turn as it stands, with what it has added.</summary>
    public Task SaveAsync(TurnState state) => writer.SaveAsync(state);

    private TurnEnd? LimitOf(Turn turn)
    {
        if (turn.ToolCalls > _options.MaxToolCalls)
            return TurnEnd.MaxToolCalls(_options.MaxToolCalls);
        if (turn.FailingRounds >= _options.MaxFailingRounds)
            return TurnEnd.MaxFailingRounds(turn.FailingRounds);
        if (_options.MaxTokens > 0 && turn.InputTokens + turn.OutputTokens > _options.MaxTokens)
            return TurnEnd.MaxTokens(_options.MaxTokens);
        return null;
    }

    private static TurnEnd? LastOf(Turn turn) => turn.Rounds >= turn.MaxRounds ? TurnEnd.MaxRounds(turn.MaxRounds) : null;

    private async Task<TurnReport> CompleteAsync(TurnState state, TurnStops stops)
    {
        await convergence.RefineAsync(state, stops.ForModel);
        return await EndAsync(state, TurnEnd.Completed);
    }

    /// <summary>Suspends the turn until its confirmations are decided; null when one was decided meanwhile.</summary>
    private async Task<TurnReport?> TryWaitAsync(TurnRun run, TurnState state, IReadOnlyList<Confirmation> pending, int decisions)
    {
        var waiting = state.Turn with { Status = TurnStatus.AwaitingConfirmation, Attempts = 0 };
        var report = await writer.LeaveAsync(state, new TurnReport(waiting, state.Calls, pending));
        if (run.TryClose(decisions))
            return report;

        state.Turn = state.Turn with { Status = TurnStatus.Running, Attempts = 1 };
        return null;
    }

    /// <summary>Ends the turn with the calls that its client is to run, where there are any; null where all have their results.</summary>
    private async Task<TurnReport?> TryHandOverAsync(TurnState state)
    {
        if (state.Unanswered is not { Count: > 0 } requested)
            return null;

        var clients = requested.Where(call => state.IsClients(call.Name)).Select(call => FunctionCalls.ToToolCall(call)).ToList();
        if (clients.Exists(call => call.IsCutOff))
            return await EndAsync(state, TurnEnd.OutputLimit);

        var handedOver = clients.ConvertAll(call => new TranscriptCall(call.Id, call.ToolName, call.Arguments));
        state.Turn = state.Turn with { Progress = state.Turn.Progress with { HandedOver = handedOver } };
        return await EndAsync(state, TurnEnd.HandedOver);
    }

    private async Task<TurnReport> PutAsideAsync(TurnState state)
    {
        state.Log.Publish(TurnEvent.Notice.Stopping);
        state.Turn = state.Turn with { Attempts = 0 };
        await writer.SaveAsync(state);
        return new TurnReport(state.Turn, state.Calls, []);
    }
}

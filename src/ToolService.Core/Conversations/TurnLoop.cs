using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Models;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations;

/// <summary>
/// The loop: ask the model, run the calls it asks for, give it their results, until it answers or a limit is reached. A turn that begins and
/// one that goes on after a confirmation or a restart take the same path: what there is to do next is read off the messages.
/// </summary>
internal sealed class TurnLoop(
    ModelRegistry models,
    SafeExecutor executor,
    ConfirmationService confirmations,
    EmergencyStop emergency,
    ToolRegistry registry,
    ToolAccess access,
    IConversationStore store,
    IOptions<ConversationOptions> options,
    TimeProvider time,
    ILogger<TurnLoop> logger)
{
    private readonly ConversationOptions _options = options.Value;

    /// <summary>Works on the turn until it ends, waits for a person, or the service stops.</summary>
    public async Task<TurnReport> RunAsync(TurnRun run, TurnState state, bool resumed, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Max(0, (state.Turn.Deadline - time.GetUtcNow()).Ticks)), time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelled, run.Stopped, deadline.Token);
        using var stopModel = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, stopping);
        while (true)
        {
            var decisions = run.Decisions;
            if (state.Unanswered is { Count: > 0 } calls)
            {
                var pending = await AnswerAsync(state, calls, resumed, stop.Token);
                if (pending.Count > 0 && stop.IsCancellationRequested)
                    await WithdrawAsync(pending);
                else if (pending.Count > 0 && await TryWaitAsync(run, state, pending, decisions) is { } waiting)
                    return waiting;
                resumed |= pending.Count > 0;
                if (pending.Count > 0)
                    continue;
            }

            if (run.Cancelled.IsCancellationRequested)
                return await EndAsync(state, TurnEnd.Cancelled);
            if (run.Stopped.IsCancellationRequested)
                return await EndAsync(state, TurnEnd.Stopped(emergency.State));
            if ((deadline.IsCancellationRequested ? TurnEnd.Deadline : LimitOf(state.Turn)) is { } limit)
                return await EndAsync(state, limit);
            if (stopping.IsCancellationRequested)
                return await PutAsideAsync(state);

            if (await AskAsync(run, state, stopModel.Token, deadline.Token, stopping) is { } end)
                return end == TurnEnd.PutAside ? await PutAsideAsync(state) : await EndAsync(state, end);
            resumed = false;
        }
    }

    /// <summary>Ends the turn, with a result for every call that has none: none of them begins, or waits for a person, any more.</summary>
    public async Task<TurnReport> EndAsync(TurnState state, TurnEnd end)
    {
        if (state.Unanswered is { Count: > 0 } calls)
            await SettleAsync(state, calls);
        state.Turn = state.Turn with { Status = end.Status, Reason = end.Reason, ReasonMessage = end.Message };
        return await LeaveAsync(state, []);
    }

    /// <summary>Writes the turn as it stands, with what it has added.</summary>
    public Task SaveAsync(TurnState state) => SaveAsync(state, null);

    /// <summary>Runs the calls, or finds what became of them, and appends their results when all have one; otherwise tells what is pending.</summary>
    private async Task<IReadOnlyList<Confirmation>> AnswerAsync(
        TurnState state, IReadOnlyList<FunctionCallContent> requested, bool resumed, CancellationToken cancellationToken)
    {
        var context = new CallContext(state.Turn.Owner, CallOrigin.Chat)
        {
            SessionId = state.Turn.SessionId,
            TurnId = state.Turn.Id,
            Tools = state.Tools,
            MayExist = resumed,
        };
        var calls = requested.Select(FunctionCalls.ToToolCall).ToList();
        var remaining = Math.Clamp(_options.MaxToolCalls - (state.Turn.ToolCalls - calls.Count), 0, calls.Count);
        var results = new List<ToolResult>(await executor.ExecuteAllAsync(
            [.. calls[..remaining].Select(call => (call, context))], result => Publish(state, result), cancellationToken));
        foreach (var call in calls[remaining..])
        {
            results.Add(await executor.RefuseAsync(call, context, TooManyCalls));
            Publish(state, results[^1]);
        }

        foreach (var result in results)
            state.Note(result.Call);
        if (results.Exists(result => result.IsPending))
            return [.. results.Where(result => result.IsPending).Select(result => result.Confirmation!)];

        state.Append(FunctionCalls.Answer(requested, results, executor.TextForModel), time.GetUtcNow());
        state.Turn = state.Turn with { FailingRounds = results.Exists(result => result.Success) ? 0 : state.Turn.FailingRounds + 1 };
        return [];
    }

    private static void Publish(TurnState state, ToolResult result) => state.Log.Publish(
        result is { IsPending: true, Confirmation: { } confirmation } ? new TurnEvent.Confirm(confirmation) : new TurnEvent.Result(result.Call));

    /// <summary>Asks the model and appends its message; how the turn ends, if it ends with that.</summary>
    private async Task<TurnEnd?> AskAsync(
        TurnRun run, TurnState state, CancellationToken cancellationToken, CancellationToken deadline, CancellationToken stopping)
    {
        var model = models.Find(state.Turn.Model) ?? models.Default;
        var round = new ModelRound(state.Turn.Id, text => state.Log.Publish(new TurnEvent.Content(text)));
        ChatResponse response;
        try
        {
            response = await round.RequestAsync(model.Client, MessagesFor(state), OptionsFor(state), cancellationToken);
        }
        catch (ModelException e)
        {
            KeepText(state, round.Text);
            return TurnEnd.ModelFailed(e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var isEnd = run.Cancelled.IsCancellationRequested || run.Stopped.IsCancellationRequested || deadline.IsCancellationRequested;
            if (stopping.IsCancellationRequested && !isEnd)
                return TurnEnd.PutAside;

            KeepText(state, round.Text);
            return run.Cancelled.IsCancellationRequested ? TurnEnd.Cancelled
                : run.Stopped.IsCancellationRequested ? TurnEnd.Stopped(emergency.State)
                : TurnEnd.Deadline;
        }

        var contents = response.Messages.SelectMany(part => part.Contents).Where(content => content is not UsageContent);
        var message = new ChatMessage(ChatRole.Assistant, [.. contents]);
        FunctionCalls.Identify(message, isCut: response.FinishReason == ChatFinishReason.Length);
        var calls = FunctionCalls.In(message);
        MendForProvider(calls);
        state.Turn = state.Turn with
        {
            Rounds = state.Turn.Rounds + 1,
            Attempts = 1,
            ToolCalls = state.Turn.ToolCalls + calls.Count,
            InputTokens = state.Turn.InputTokens + (response.Usage?.InputTokenCount ?? 0),
            OutputTokens = state.Turn.OutputTokens + (response.Usage?.OutputTokenCount ?? 0),
            Reply = message.Text is { Length: > 0 } text ? text : state.Turn.Reply,
        };
        if (message.Contents.Count > 0)
            state.Append(message, time.GetUtcNow());
        if (calls.Count == 0)
            return EndOf(response, message);

        // With the message that asks for them or not at all: shown before it, they would be taken back by a crash in between.
        await SaveAsync(state, new TurnEvent.Calls([.. calls.Select(FunctionCalls.ToToolCall)]));
        return null;
    }

    private void MendForProvider(IReadOnlyList<FunctionCallContent> calls)
    {
        foreach (var call in calls.Where(call => call.Arguments is null))
        {
            if (registry.Current.Find(call.Name) is { } tool
                && executor.Arguments.Mended(tool, FunctionCalls.ToToolCall(call), CallOrigin.Chat) is { } mended)
                FunctionCalls.Mend(call, mended);
        }
    }

    private static TurnEnd EndOf(ChatResponse response, ChatMessage message)
    {
        if (response.FinishReason == ChatFinishReason.Length)
            return TurnEnd.OutputLimit;
        if (response.FinishReason == ChatFinishReason.ContentFilter)
            return TurnEnd.ContentFilter;
        return string.IsNullOrWhiteSpace(message.Text) ? TurnEnd.EmptyAnswer : TurnEnd.Completed;
    }

    private TurnEnd? LimitOf(Turn turn)
    {
        if (turn.ToolCalls > _options.MaxToolCalls)
            return TurnEnd.MaxToolCalls(_options.MaxToolCalls);
        if (turn.FailingRounds >= _options.MaxFailingRounds)
            return TurnEnd.MaxFailingRounds(turn.FailingRounds);
        if (_options.MaxTokens > 0 && turn.InputTokens + turn.OutputTokens > _options.MaxTokens)
            return TurnEnd.MaxTokens(_options.MaxTokens);
        return turn.Rounds >= turn.MaxRounds ? TurnEnd.MaxRounds(turn.MaxRounds) : null;
    }

    private IReadOnlyList<ChatMessage> MessagesFor(TurnState state)
    {
        var transcript = Transcript.ForRequest(string.IsNullOrEmpty(state.Turn.SystemPrompt)
            ? state.Messages
            : state.Messages.Prepend(new ChatMessage(ChatRole.System, state.Turn.SystemPrompt)));
        if (transcript.Repairs > 0)
            logger.TranscriptRepaired(state.Turn.SessionId, state.Turn.Id, transcript.Repairs);
        return transcript.Messages;
    }

    private ChatOptions OptionsFor(TurnState state) => new()
    {
        Tools = [.. access.Filter(registry.Current, state.Tools).Select(tool => tool.Function)],
    };

    /// <summary>Suspends the turn until its confirmations are decided; null when one was decided meanwhile.</summary>
    private async Task<TurnReport?> TryWaitAsync(TurnRun run, TurnState state, IReadOnlyList<Confirmation> pending, int decisions)
    {
        state.Turn = state.Turn with { Status = TurnStatus.AwaitingConfirmation, Attempts = 0 };
        var report = await LeaveAsync(state, pending);
        if (run.TryClose(decisions))
            return report;

        state.Turn = state.Turn with { Status = TurnStatus.Running, Attempts = 1 };
        return null;
    }

    private async Task SettleAsync(TurnState state, IReadOnlyList<FunctionCallContent> calls)
    {
        try
        {
            while (await AnswerAsync(state, calls, resumed: true, new CancellationToken(canceled: true)) is { Count: > 0 } pending)
                await WithdrawAsync(pending);
        }
        catch (Exception e) when (state.Turn.Attempts > _options.MaxAttempts)
        {
            // It was tried often enough: whatever is wrong with its calls, the turn must end.
            logger.CallsNotSettled(e, state.Turn.Id, state.Turn.SessionId);
            state.Append(FunctionCalls.Interrupt(calls), time.GetUtcNow());
        }
    }

    private async Task WithdrawAsync(IReadOnlyList<Confirmation> pending)
    {
        foreach (var confirmation in pending)
            await confirmations.WithdrawAsync(confirmation);
    }

    private async Task<TurnReport> PutAsideAsync(TurnState state)
    {
        state.Log.Publish(TurnEvent.Notice.Stopping);
        state.Turn = state.Turn with { Attempts = 0 };
        await SaveAsync(state);
        return new TurnReport(state.Turn, state.Calls, []);
    }

    private void KeepText(TurnState state, string text)
    {
        if (text.Length == 0)
            return;

        state.Append(new ChatMessage(ChatRole.Assistant, text), time.GetUtcNow());
        state.Turn = state.Turn with { Reply = text };
    }

    /// <summary>Writes that the turn has ended or waits, and the event that says so.</summary>
    private async Task<TurnReport> LeaveAsync(TurnState state, IReadOnlyList<Confirmation> pending)
    {
        state.Turn = state.Turn with { UpdatedAt = time.GetUtcNow() };
        var report = new TurnReport(state.Turn, state.Calls, pending);
        await SaveAsync(state, new TurnEvent.Ended(report));
        return report;
    }

    private async Task SaveAsync(TurnState state, TurnEvent? last)
    {
        // The end tells when it was.
        if (last is not TurnEvent.Ended)
            state.Turn = state.Turn with { UpdatedAt = time.GetUtcNow() };
        if (!await state.Log.WriteAsync(events => store.TrySaveTurnAsync(state.Turn, state.Unsaved, events), last))
            throw new InvalidOperationException($"Turn {state.Turn.Id} was ended or deleted by somebody else while it was at work.");
        state.Saved();
    }

    private ToolError TooManyCalls => new(
        ToolErrorCode.NotAllowed, $"The call did not run: a turn may make {_options.MaxToolCalls} tool calls, and this one has made them.");
}

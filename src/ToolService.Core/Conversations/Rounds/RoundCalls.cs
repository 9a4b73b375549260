using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>The calls that a model asked for in a round: runs them, and answers each exactly once.</summary>
internal sealed class RoundCalls(
    SafeExecutor executor, ReusingCalls reusing, ResultNotes notes, FinalAnswers answers, ConfirmationService confirmations,
    IOptions<ConversationOptions> options, TimeProvider time, ILogger<RoundCalls> logger)
{
    private readonly ConversationOptions _options = options.Value;

    /// <summary>
    /// Runs the calls, or finds what became of them, and appends their results when all have one; otherwise tells what is pending. Where some
    /// are for the client to run, the service's own run, and nothing is appended.
    /// </summary>
    /// <param name="state">The turn.</param>
    /// <param name="requested">The calls of its last message.</param>
    /// <param name="resumed">Whether they may have been begun before.</param>
    /// <param name="cancellationToken">Stops the tools.</param>
    public Task<IReadOnlyList<Confirmation>> AnswerAsync(
        TurnState state, IReadOnlyList<FunctionCallContent> requested, bool resumed, CancellationToken cancellationToken) =>
        AnswerAsync(state, requested, resumed, settles: false, cancellationToken);

    private async Task<IReadOnlyList<Confirmation>> AnswerAsync(
        TurnState state, IReadOnlyList<FunctionCallContent> requested, bool resumed, bool settles, CancellationToken cancellationToken)
    {
        var context = new CallContext(state.Turn.Owner, CallOrigin.Chat)
        {
            SessionId = state.Turn.SessionId,
            TurnId = state.Turn.Id,
            Tools = state.Tools,
            MayExist = resumed,
            Progress = new ProgressReports(state.Log, time).Report,
            Asked = question => state.Log.Publish(new TurnEvent.Confirm(question)),
        };
        var calls = requested.Where(call => !state.IsClients(call.Name)).Select(FunctionCalls.ToToolCall).Select(answers.Read).ToList();
        var remaining = Math.Clamp(_options.MaxToolCalls - (state.Turn.ToolCalls - requested.Count), 0, calls.Count);
        var results = new List<ToolResult>(
            await reusing.ExecuteAllAsync(state, calls[..remaining], context, result => Publish(state, result), cancellationToken));
        foreach (var call in calls[remaining..])
        {
            results.Add(await executor.RefuseAsync(call, context, TooManyCalls));
            Publish(state, results[^1]);
        }

        foreach (var result in results)
            state.Note(result.Call);
        if (results.Exists(result => result.IsPending))
            return [.. results.Where(result => result.IsPending).Select(result => result.Confirmation!)];
        if (calls.Count < requested.Count && !settles)
            return [];

        var byId = results.ToDictionary(result => result.Call.CallId);
        var texts = await notes.WriteAsync(state, results, cancellationToken);
        state.Append(FunctionCalls.Answer(requested, byId, result => texts[result.Call.CallId]), time.GetUtcNow());
        var succeeded = results.Exists(result => result.Success && !answers.IsFinal(result.Call.ToolName));
        state.Turn = state.Turn with { FailingRounds = succeeded ? 0 : state.Turn.FailingRounds + 1 };
        return [];
    }

    /// <summary>Gives every call a result without beginning any: those that wait for a person are withdrawn.</summary>
    public async Task SettleAsync(TurnState state, IReadOnlyList<FunctionCallContent> calls)
    {
        try
        {
            while (await AnswerAsync(state, calls, resumed: true, settles: true, new CancellationToken(canceled: true)) is { Count: > 0 } pending)
                await WithdrawAsync(pending);
        }
        catch (Exception e) when (state.Turn.Attempts > _options.MaxAttempts)
        {
            // It was tried often enough: whatever is wrong with its calls, the turn must end.
            logger.CallsNotSettled(e, state.Turn.Id, state.Turn.SessionId);
            state.Append(FunctionCalls.Interrupt(calls), time.GetUtcNow());
        }
    }

    /// <summary>Takes back what waits for a person.</summary>
    public async Task WithdrawAsync(IReadOnlyList<Confirmation> pending)
    {
        foreach (var confirmation in pending)
            await confirmations.WithdrawAsync(confirmation);
    }

    private static void Publish(TurnState state, ToolResult result) => state.Log.Publish(
        result is { IsPending: true, Confirmation: { } confirmation } ? new TurnEvent.Confirm(confirmation) : new TurnEvent.Result(result.Call));

    private ToolError TooManyCalls => new(
        ToolErrorCode.NotAllowed, $"The call did not run: a turn may make {_options.MaxToolCalls} tool calls, and this one has made them.");
}

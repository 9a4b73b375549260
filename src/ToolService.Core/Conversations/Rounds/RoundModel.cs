using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Execution;
using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>Asks the turn's model, or the ones that stand in for it, and appends its message.</summary>
internal sealed class RoundModel(
    RoundFailover failover,
    RoundTools tools,
    RoundComposer composer,
    ToolRegistry registry,
    SafeExecutor executor,
    ContextWindow window,
    TurnWriter writer,
    IOptions<ConversationOptions> options,
    TimeProvider time)
{
    /// <summary>Asks, and appends the answer; how the turn ends, if it ends with that.</summary>
    public async Task<TurnEnd?> AskAsync(TurnState state, TurnStops stops)
    {
        var answer = new RoundAnswer(state.Turn.Id, text => state.Log.Publish(new TurnEvent.Content(text)));
        try
        {
            await tools.SelectAsync(state, stops.ForModel);
            var (model, response, full) = await RequestAsync(state, answer, stops.ForModel);
            return full ?? await TakeAsync(state, model, response!);
        }
        catch (ModelException e)
        {
            KeepText(state, answer.Text);
            if (e is { IsUnavailable: true, RetryAfter: { } wait })
                state.Turn = state.Turn with { Progress = state.Turn.Progress with { RetryAt = time.GetUtcNow() + wait } };
            return TurnEnd.ModelFailed(e);
        }
        catch (OperationCanceledException) when (stops.ForModel.IsCancellationRequested)
        {
            if (stops.End is not { } end)
                return TurnEnd.PutAside;

            KeepText(state, answer.Text);
            return end;
        }
    }

    /// <summary>The answer and who gave it; or, where what there is to read is too long for any request, how the turn ends.</summary>
    private async Task<(Model Model, ChatResponse? Response, TurnEnd? Full)> RequestAsync(
        TurnState state, RoundAnswer answer, CancellationToken cancellationToken)
    {
        var retries = state.Turn.Progress.ModelRetries;
        var budget = new RetryBudget(Math.Max(0, options.Value.MaxModelRetries - retries));
        var fit = window.Begin(state, budget);
        while (true)
        {
            var model = failover.ModelOf(state.Turn);
            try
            {
                if (await fit.FitAsync(model, cancellationToken) is { } full)
                    return (model, null, full);

                var request = composer.Compose(state, model);
                budget.ApplyTo(request.Options);
                var response = await answer.RequestAsync(model.Client, request, cancellationToken);
                fit.Measure(model, request, response);
                return (model, response, null);
            }
            catch (ModelException e)
            {
                if (fit.TryShrink(model, e))
                    answer.StartOver(isOtherModel: false);
                else if (!await failover.TryGoOnAsync(state, model, answer, budget, e, cancellationToken))
                    throw;
            }
            finally
            {
                state.Turn = state.Turn with { Progress = state.Turn.Progress with { ModelRetries = retries + budget.Used } };
            }
        }
    }

    private async Task<TurnEnd?> TakeAsync(TurnState state, Model model, ChatResponse response)
    {
        var contents = response.Messages.SelectMany(part => part.Contents).Where(content => content is not UsageContent);
        var message = new ChatMessage(ChatRole.Assistant, [.. contents]);
        FunctionCalls.Identify(message, isCut: response.FinishReason == ChatFinishReason.Length);
        var calls = FunctionCalls.In(message);
        MendForProvider([.. calls.Where(call => !state.IsClients(call.Name))]);
        state.Turn = state.Turn with
        {
            Rounds = state.Turn.Rounds + 1,
            Attempts = 1,
            ToolCalls = state.Turn.ToolCalls + calls.Count,
            InputTokens = state.Turn.InputTokens + (response.Usage?.InputTokenCount ?? 0),
            OutputTokens = state.Turn.OutputTokens + (response.Usage?.OutputTokenCount ?? 0),
            Cost = CostOf(model, response) is { } cost ? (state.Turn.Cost ?? 0) + cost : state.Turn.Cost,
            Reply = message.Text is { Length: > 0 } text ? text : state.Turn.Reply,
        };
        var end = calls.Count == 0 ? EndOf(response, message) : null;
        if (end == TurnEnd.Completed && state.Response is { } schema)
            return await CheckAsync(state, schema, message);
        if (message.Contents.Count > 0)
            state.Append(message, time.GetUtcNow());
        if (end is not null)
            return end;

        // With the message that asks for them or not at all: shown before it, they would be taken back by a crash in between.
        await writer.SaveAsync(state, new TurnEvent.Calls([.. calls.Select(FunctionCalls.ToToolCall)]));
        return null;
    }

    /// <summary>Takes an answer that satisfies the schema, and asks again for one that does not; how the turn ends, if it ends with that.</summary>
    private async Task<TurnEnd?> CheckAsync(TurnState state, ResponseSchema schema, ChatMessage message)
    {
        var progress = state.Turn.Progress;
        if (schema.Read(message.Text, out var errors) is { } answer)
        {
            var contents = message.Contents.Where(content => content is not TextContent);
            state.Append(new ChatMessage(ChatRole.Assistant, [.. contents, new TextContent(answer)]), time.GetUtcNow());
            state.Turn = state.Turn with { Reply = answer, Progress = progress with { Rejected = null } };
            return TurnEnd.Completed;
        }

        if (progress.RejectedAnswers >= options.Value.MaxAnswerRepairs)
        {
            state.Append(message, time.GetUtcNow());
            return TurnEnd.InvalidAnswer(errors);
        }

        state.Turn = state.Turn with
        {
            Progress = progress with { RejectedAnswers = progress.RejectedAnswers + 1, Rejected = new RejectedAnswer(message.Text, errors) },
        };
        await writer.SaveAsync(state, TurnEvent.Notice.AnswerRejected);
        return null;
    }

    private static double? CostOf(Model model, ChatResponse response) =>
        model.Prices is { } prices && response.Usage is { } usage ? prices.Of(usage) : null;

    private void MendForProvider(IReadOnlyList<FunctionCallContent> calls)
    {
        foreach (var call in calls.Where(call => call.Arguments is null))
        {
            if (registry.Current.FindInTurn(call.Name) is { } tool
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

    private void KeepText(TurnState state, string text)
    {
        if (text.Length == 0)
            return;

        state.Append(new ChatMessage(ChatRole.Assistant, text), time.GetUtcNow());
        state.Turn = state.Turn with { Reply = text };
    }
}

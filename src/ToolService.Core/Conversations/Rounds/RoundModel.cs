using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Models;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>Asks the turn's model, or the ones that stand in for it, and appends its message.</summary>
internal sealed class RoundModel(
    ModelRegistry models,
    RoundTools tools,
    RoundComposer composer,
    ToolRegistry registry,
    SafeExecutor executor,
    TurnWriter writer,
    IOptions<ConversationOptions> options,
    TimeProvider time,
    ILogger<RoundModel> logger)
{
    /// <summary>Asks, and appends the answer; how the turn ends, if it ends with that.</summary>
    public async Task<TurnEnd?> AskAsync(TurnState state, TurnStops stops)
    {
        var budget = new RetryBudget(Math.Max(0, options.Value.MaxModelRetries - state.Turn.Progress.ModelRetries));
        var retries = state.Turn.Progress.ModelRetries;
        var answer = new RoundAnswer(state.Turn.Id, text => state.Log.Publish(new TurnEvent.Content(text)));
        try
        {
            await tools.SelectAsync(state, stops.ForModel);
            while (true)
            {
                var model = ModelOf(state.Turn);
                try
                {
                    var request = composer.Compose(state, model);
                    budget.ApplyTo(request.Options);
                    return await TakeAsync(state, model, await answer.RequestAsync(model.Client, request, stops.ForModel));
                }
                catch (ModelException e) when (GoOn(state, model, answer, budget, e))
                {
                    answer.StartOver();
                }
                finally
                {
                    state.Turn = state.Turn with { Progress = state.Turn.Progress with { ModelRetries = retries + budget.Used } };
                }
            }
        }
        catch (ModelException e)
        {
            KeepText(state, answer.Text);
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

    private Model ModelOf(Turn turn) => models.Find(turn.Progress.FallbackModel ?? turn.Model) ?? models.Find(turn.Model) ?? models.Default;

    /// <summary>Whether a request that failed is made again: of the same model where its answer broke off, or of the next one in line.</summary>
    private bool GoOn(TurnState state, Model model, RoundAnswer answer, RetryBudget budget, ModelException failure)
    {
        if (failure.Retryable && answer.HasBegun && budget.TryTake())
        {
            logger.AnswerBroke(failure, state.Turn.Id, model.Name);
            state.Log.Publish(new TurnEvent.Notice("model_retry", $"The answer of model '{model.Name}' broke off. It is asked again."));
            return true;
        }

        if (failure.IsOfRequest || NextOf(state.Turn, model) is not { } next)
            return false;

        logger.ModelReplaced(failure, state.Turn.Id, model.Name, next.Name);
        state.Log.Publish(new TurnEvent.Notice("model_fallback", $"Model '{model.Name}' failed. Model '{next.Name}' answers in its place."));
        state.Turn = state.Turn with { Progress = state.Turn.Progress with { FallbackModel = next.Name } };
        return true;
    }

    /// <summary>The model behind this one in the line of those that may answer the turn.</summary>
    private Model? NextOf(Turn turn, Model failed)
    {
        List<string> line = [turn.Model, .. models.Find(turn.Model)?.Fallbacks ?? []];
        return line.Skip(line.IndexOf(failed.Name) + 1).Select(models.Find).FirstOrDefault(model => model is not null);
    }

    private async Task<TurnEnd?> TakeAsync(TurnState state, Model model, ChatResponse response)
    {
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

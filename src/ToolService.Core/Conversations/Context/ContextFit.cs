using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ToolService.Core.Conversations.Rounds;
using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;

namespace ToolService.Core.Conversations.Context;

/// <summary>One round of a turn: what is sent is made to fit before, and counted after.</summary>
internal sealed class ContextFit(
    TurnState state,
    RetryBudget retries,
    ContextLimits limits,
    ContextSummary summaries,
    RoundComposer composer,
    TurnWriter writer,
    ContextOptions options,
    ILogger logger)
{
    private string? _refusing;
    private int _refusals;
    private bool _isRefused;

    /// <summary>Compacts the conversation where that is due, and writes down how; how the turn ends, if it cannot fit.</summary>
    public async Task<TurnEnd?> FitAsync(Model model, CancellationToken cancellationToken)
    {
        if (limits.Of(model, state.Context.Ceiling) is not { } window)
            return null;

        var answerTokens = state.Turn.Settings.MaxOutputTokens ?? model.MaxOutputTokens;
        var budget = ContextBudget.Of(window, answerTokens, options);
        var planner = PlannerOf(model, budget);
        var plan = planner.Plan(state.Context);
        // Only right after a refusal: a request that is made again for another reason, or of another model, is as long as it was.
        var isRefusedAgain = _isRefused && (_refusals > 1 || plan == state.Context);
        _isRefused = false;
        if (isRefusedAgain || !planner.Fits(plan))
            return TurnEnd.ContextFull(model.Name, planner.Estimate(plan), window, answerTokens);
        if (plan != state.Context)
            await CompactAsync(model, plan, isToBeSummarised: plan.Summary == planner.ToBeWritten, cancellationToken);
        return null;
    }

    /// <summary>Whether a request that failed was too long and is worth another try, shorter.</summary>
    public bool TryShrink(Model model, ModelException failure)
    {
        // Where most of the window is free, it is the answer that is too long.
        if (!failure.IsContextOverflow || (failure is { RequestTokens: { } asked, ContextTokens: { } told } && asked < told / 2))
            return false;

        (_refusing, _refusals, _isRefused) = (model.Name, _refusing == model.Name ? _refusals + 1 : 1, true);
        logger.RequestTooLong(failure, state.Turn.Id, model.Name, failure.ContextTokens);
        var planner = PlannerOf(model, default);
        var tokens = Math.Max(planner.Estimate(state.Context), 1);
        if (failure.ContextTokens is { } window)
        {
            limits.Learn(model.Name, window);
            tokens = failure.RequestTokens ?? Math.Max(tokens, window + 1);
        }
        else
        {
            state.Context = state.Context with { Ceiling = new ContextCeiling(model.Name, (long)Math.Ceiling(tokens)) };
        }

        state.Context = state.Context with { Measure = ContextMeasure.Of(model.Name, tokens, 0, planner.Weight(state.Context), 0) };
        return true;
    }

    /// <summary>Takes down what a request cost, as far as the provider says.</summary>
    public void Measure(Model model, RoundRequest request, ChatResponse response)
    {
        if (response.Usage?.InputTokenCount is not (> 0 and var input))
            return;

        // What was only thought is not sent again, unless the provider wants it back.
        var thought = response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().Any(RequestWeight.IsCarried)
            ? 0
            : response.Usage.ReasoningTokenCount ?? 0;
        var output = Math.Max(0, (response.Usage.OutputTokenCount ?? 0) - thought);
        state.Context = state.Context with
        {
            Measure = ContextMeasure.Of(
                model.Name, input, output, WeightOf(request.Options) + RequestWeight.Of(ContextView.Of(state.Messages, state.Context)),
                RequestWeight.Of(response.Messages)),
        };
    }

    private ContextPlanner PlannerOf(Model model, ContextBudget budget) => new(
        state.Messages, state.FirstOfTurn, budget, options, WeightOf(composer.OptionsFor(state, model)),
        state.Context.Measure is { } measure && measure.Model == model.Name ? measure : null, state.FirstOfRequest);

    private double WeightOf(ChatOptions request) =>
        TextWeight.Of(composer.PromptOf(state)) + RequestWeight.Of(request.Tools)
        + RequestWeight.Of(RoundComposer.CorrectionOf(state.Turn));

    private async Task CompactAsync(Model model, SessionContext plan, bool isToBeSummarised, CancellationToken cancellationToken)
    {
        var before = state.Context;
        var summary = isToBeSummarised
            ? await summaries.WriteAsync(
                state, model, [.. state.Messages.Take(plan.LeftOut).Skip(before.LeftOut)], retries, cancellationToken)
            : plan.Summary;
        state.Context = plan with { Summary = summary ?? (isToBeSummarised ? before.Summary : null) };
        logger.ContextCompacted(state.Turn.Id, state.Turn.SessionId, model.Name, plan.LeftOut, plan.Shortened);
        // Durable before it is used: after a crash the same beginning is sent, and no summary is written twice.
        await writer.SaveAsync(
            state, ContextNotice.Of(model.Name, state.Messages, before, state.Context, isToBeSummarised && summary is null));
    }
}

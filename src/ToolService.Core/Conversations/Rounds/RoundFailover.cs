using Microsoft.Extensions.Logging;
using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>
/// Says which model a turn asks, and how its round goes on after a request failed: with the same model, with the next one in line, or not at all.
/// </summary>
internal sealed class RoundFailover(ModelRegistry models, TimeProvider time, ILogger<RoundFailover> logger)
{
    /// <summary>The model that answers the turn now. One that is no longer configured gives way to the one before it.</summary>
    public Model ModelOf(Turn turn) => Find(turn.Progress.FallbackModel) ?? Find(turn.Model) ?? models.Default;

    /// <summary>Prepares another request, and waits until it is time for it; false where there is none.</summary>
    /// <param name="state">The turn; what comes after is asked of the model that it then has.</param>
    /// <param name="model">The model that failed.</param>
    /// <param name="answer">What came before it did; taken back where another request is made.</param>
    /// <param name="budget">How often the turn may still ask the same model again. Other models are asked regardless.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> TryGoOnAsync(
        TurnState state, Model model, RoundAnswer answer, RetryBudget budget, ModelException failure, CancellationToken cancellationToken)
    {
        // What failed before anything came was repeated by the model's client already.
        if (answer.HasBegun && model.Retries.WaitBeforeRetry(answer.Retries, failure, budget) is { } wait)
        {
            logger.AnswerBroke(failure, state.Turn.Id, model.Name);
            state.Log.Publish(new TurnEvent.Notice(
                "model_retry", $"The answer of model '{model.Name}' broke off. It is asked again."));
            answer.StartOver(isOtherModel: false);
            await Task.Delay(wait, time, cancellationToken);
            return true;
        }

        if (failure.IsOfRequest || NextOf(state.Turn, model) is not { } next)
            return false;

        logger.ModelReplaced(failure, state.Turn.Id, model.Name, next.Name);
        state.Log.Publish(new TurnEvent.Notice(
            "model_fallback", $"Model '{model.Name}' failed. Model '{next.Name}' answers in its place."));
        answer.StartOver(isOtherModel: true);
        state.Turn = state.Turn with { Progress = state.Turn.Progress with { FallbackModel = next.Name } };
        return true;
    }

    /// <summary>The model behind this one in the line of those that may answer the turn: its own one and that one's fallbacks.</summary>
    private Model? NextOf(Turn turn, Model failed)
    {
        List<string> line = [turn.Model, .. Find(turn.Model)?.Fallbacks ?? []];
        return line.Skip(line.IndexOf(failed.Name) + 1).Select(Find).FirstOrDefault(model => model is not null && model.Name != failed.Name);
    }

    private Model? Find(string? name) => name is null ? null : models.Find(name);
}

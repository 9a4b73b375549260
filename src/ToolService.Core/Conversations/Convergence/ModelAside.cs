using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Models;
using ToolService.Core.Models.Resilience;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Asks a model something beside the rounds, within the turn's limits. A failure costs the turn nothing but the attempt.</summary>
internal sealed class ModelAside(ModelRegistry models, IOptions<ConversationOptions> options, ILogger<ModelAside> logger)
{
    /// <summary>
    /// The model's answer; null where it failed, said nothing, was stopped, or a limit leaves no room, and from a model that does not follow
    /// instructions. It counts as a model request of the turn, with its tokens.
    /// </summary>
    /// <param name="state">The turn.</param>
    /// <param name="modelName">The configured model; null for the one that answers the turn.</param>
    /// <param name="messages">What it is asked.</param>
    /// <param name="maxTokens">The longest answer; null leaves it to the model.</param>
    /// <param name="reserve">How many model requests the turn must still have after this one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ChatResponse?> AskAsync(
        TurnState state, string? modelName, IReadOnlyList<ChatMessage> messages, int? maxTokens, int reserve,
        CancellationToken cancellationToken)
    {
        if (!HasRoom(state.Turn, reserve)
            || models.Find(modelName ?? state.Turn.Progress.FallbackModel ?? state.Turn.Model) is not { FollowsInstructions: true } model)
            return null;

        var retries = new RetryBudget(Math.Max(0, options.Value.MaxModelRetries - state.Turn.Progress.ModelRetries));
        var request = new ChatOptions { MaxOutputTokens = maxTokens };
        retries.ApplyTo(request);
        try
        {
            var response = await RequestAsync(state.Turn.Id, model, messages, request, cancellationToken);
            Count(state, model, response.Usage);
            return string.IsNullOrWhiteSpace(response.Text) ? null : response;
        }
        catch (ModelException e)
        {
            logger.AsideFailed(e, state.Turn.Id, model.Name);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            state.Turn = state.Turn with
            {
                Rounds = state.Turn.Rounds + 1,
                Progress = state.Turn.Progress with { ModelRetries = state.Turn.Progress.ModelRetries + retries.Used },
            };
        }
    }

    private bool HasRoom(Turn turn, int reserve) =>
        turn.Rounds + reserve < turn.MaxRounds
        && (options.Value.MaxTokens == 0 || turn.InputTokens + turn.OutputTokens < options.Value.MaxTokens);

    private static async Task<ChatResponse> RequestAsync(
        string turnId, Model model, IReadOnlyList<ChatMessage> messages, ChatOptions request, CancellationToken cancellationToken)
    {
        JournalPoints.Before("model_request", turnId);
        try
        {
            return await model.Client.GetResponseAsync(messages, request, cancellationToken);
        }
        finally
        {
            JournalPoints.After("model_request", turnId);
        }
    }

    private static void Count(TurnState state, Model model, UsageDetails? usage) => state.Turn = state.Turn with
    {
        InputTokens = state.Turn.InputTokens + (usage?.InputTokenCount ?? 0),
        OutputTokens = state.Turn.OutputTokens + (usage?.OutputTokenCount ?? 0),
        Cost = model.Prices is { } prices && usage is not null ? (state.Turn.Cost ?? 0) + prices.Of(usage) : state.Turn.Cost,
    };
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Rounds;
using ToolService.Core.Models.Resilience;

namespace ToolService.Core.Conversations.Context;

/// <summary>Fits turns into what their model can read at once.</summary>
internal sealed class ContextWindow(
    ContextLimits limits,
    ContextSummary summaries,
    RoundComposer composer,
    TurnWriter writer,
    IOptions<ConversationOptions> options,
    ILogger<ContextWindow> logger)
{
    /// <summary>Begins a round.</summary>
    /// <param name="state">The turn.</param>
    /// <param name="retries">How often a request for a summary may be made again.</param>
    public ContextFit Begin(TurnState state, RetryBudget retries) =>
        new(state, retries, limits, summaries, composer, writer, options.Value.Context, logger);
}

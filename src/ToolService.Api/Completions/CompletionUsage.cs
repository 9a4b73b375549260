using ToolService.Core.Conversations;

namespace ToolService.Api.Completions;

/// <summary>Tokens of a turn, all its model requests together, as far as the model tells.</summary>
/// <param name="PromptTokens">Read by the model.</param>
/// <param name="CompletionTokens">Written by it.</param>
/// <param name="TotalTokens">Both.</param>
public sealed record CompletionUsage(long PromptTokens, long CompletionTokens, long TotalTokens)
{
    /// <summary>What a turn has used.</summary>
    public static CompletionUsage Of(Turn turn) => new(turn.InputTokens, turn.OutputTokens, turn.InputTokens + turn.OutputTokens);
}

using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>What a model is asked in a round.</summary>
/// <param name="Messages">The conversation, as the strictest provider takes it.</param>
/// <param name="Options">The tools, and how it may answer.</param>
internal sealed record RoundRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions Options);

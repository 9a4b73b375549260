namespace ToolService.Core.Conversations;

/// <summary>What a session's turns have used, together.</summary>
/// <param name="Turns">How many there are.</param>
/// <param name="InputTokens">Tokens read by models, as far as they say.</param>
/// <param name="OutputTokens">Tokens written by them.</param>
/// <param name="Cost">What those cost by the configured prices; null where no model that was used has any.</param>
public sealed record SessionTotals(int Turns, long InputTokens, long OutputTokens, double? Cost);

namespace ToolService.Api.Chat;

/// <summary>Tokens, as far as the model tells.</summary>
/// <param name="InputTokens">Read by the model, all rounds together.</param>
/// <param name="OutputTokens">Written by it.</param>
/// <param name="Cost">What they cost by the configured prices; left out where there are none.</param>
public sealed record UsageView(long InputTokens, long OutputTokens, double? Cost = null);

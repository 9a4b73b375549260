using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

/// <summary>What a session's turns have used, together.</summary>
/// <param name="Turns">How many there are.</param>
/// <param name="InputTokens">Tokens read by models, as far as they tell.</param>
/// <param name="OutputTokens">Tokens written by them.</param>
/// <param name="Cost">What they cost by the configured prices; left out where there are none.</param>
public sealed record SessionUsageView(int Turns, long InputTokens, long OutputTokens, double? Cost)
{
    /// <summary>The totals as they are on the wire.</summary>
    public static SessionUsageView Of(SessionTotals totals) => new(totals.Turns, totals.InputTokens, totals.OutputTokens, totals.Cost);
}

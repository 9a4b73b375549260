namespace ToolService.Core.Conversations.Context;

/// <summary>How the tokens of a model's window are shared out.</summary>
/// <param name="Window">All that it can read and write in one request.</param>
/// <param name="Room">The most to send: the rest is for the answer.</param>
/// <param name="Trigger">From how many on a conversation is compacted.</param>
/// <param name="Target">To how many.</param>
internal readonly record struct ContextBudget(long Window, double Room, double Trigger, double Target)
{
    /// <summary>A window's budget.</summary>
    /// <param name="window">The window in tokens.</param>
    /// <param name="answerTokens">The longest answer that is asked for; null where the request does not say.</param>
    /// <param name="options">The parts.</param>
    public static ContextBudget Of(long window, int? answerTokens, ContextOptions options)
    {
        var room = Math.Max(0, window - (answerTokens ?? Math.Min(options.AnswerTokens, window / 4)));
        return new ContextBudget(window, room, Math.Min(window * options.Threshold, room), Math.Min(window * options.Target, room));
    }
}

using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Context;

/// <summary>Tells the client what the model is not sent any more.</summary>
internal static class ContextNotice
{
    /// <summary>The code of these notices.</summary>
    public const string Code = "context_compacted";

    /// <summary>The notice.</summary>
    /// <param name="model">The model's configured name.</param>
    /// <param name="messages">The session's messages.</param>
    /// <param name="before">What was sent of them.</param>
    /// <param name="after">What is sent from now on.</param>
    /// <param name="hasSummaryFailed">Whether there was to be a summary and is none.</param>
    public static TurnEvent.Notice Of(
        string model, IReadOnlyList<ChatMessage> messages, SessionContext before, SessionContext after, bool hasSummaryFailed)
    {
        List<string> changes = [];
        var leftOut = messages.Take(after.LeftOut).Skip(before.LeftOut).ToList();
        if (leftOut.Count > 0)
        {
            var rounds = Count(leftOut.Count(IsAnswer), "round");
            changes.Add($"{Count(leftOut.Count, "earlier message")} ({rounds}) left out{Instead(before, after, hasSummaryFailed)}");
        }

        var shortened = messages.Take(after.Shortened).Skip(Math.Max(before.Shortened, after.LeftOut)).Sum(ContextView.LongResults);
        if (shortened > 0)
            changes.Add($"{Count(shortened, "earlier tool result")} shortened");
        if (changes.Count == 0)
            changes.Add("the summary left out");
        return new TurnEvent.Notice(
            Code,
            $"The conversation gets too long for model '{model}'. In what it is sent: {string.Join("; ", changes)}. "
                + "The session keeps everything.");
    }

    private static string Instead(SessionContext before, SessionContext after, bool hasSummaryFailed)
    {
        if (hasSummaryFailed)
            return ", without a summary, since none could be written";
        return after.Summary is null || after.Summary == before.Summary ? "" : ", with a summary in their place";
    }

    private static bool IsAnswer(ChatMessage message) => message.Role == ChatRole.Assistant;

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count:N0} {what}s";
}

using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Attachments;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>What an owner asked before and how it was answered, for a turn that goes on from there.</summary>
internal sealed class PreviousTask(IConversationStore store)
{
    private const int MaxSessions = 20;
    private const int LongestRequest = 2000;
    private const int LongestAnswer = 6000;

    /// <summary>
    /// The last turn that has ended with a reply: the session's, or where there is no session the owner's; null where there is none.
    /// </summary>
    public async Task<string?> TellAsync(string owner, Session? session, CancellationToken cancellationToken)
    {
        IReadOnlyList<Session> sessions =
            session is null ? await store.ListSessionsAsync(owner, MaxSessions, null, cancellationToken) : [session];
        foreach (var candidate in sessions.Where(candidate => candidate.MessageCount > 0))
        {
            var messages = await store.ListMessagesAsync(candidate.Id, 0, int.MaxValue, cancellationToken);
            foreach (var turnId in messages.Select(message => message.TurnId).OfType<string>().Distinct().Reverse())
            {
                if (RequestOf(messages, turnId) is { } request
                    && await store.FindTurnAsync(turnId, owner, cancellationToken) is { HasEnded: true, Reply: { Length: > 0 } reply })
                    return Text(request, reply);
            }
        }

        return null;
    }

    private static string? RequestOf(IEnumerable<SessionMessage> messages, string turnId) =>
        messages.FirstOrDefault(message => message.TurnId == turnId && message.Message.Role == ChatRole.User)?.Message is { } asked
            ? Attachment.TextOf(asked)
            : null;

    private static string Text(string request, string reply) =>
        $"""
        The user's last request before this one, and how it was answered. The new request may refer to it; do not carry it out again.
        <request>
        {Cut(request, LongestRequest)}
        </request>
        <answer>
        {Cut(reply, LongestAnswer)}
        </answer>
        """;

    private static string Cut(string text, int longest) => text.Length <= longest ? text : $"{text[..longest]}…";
}

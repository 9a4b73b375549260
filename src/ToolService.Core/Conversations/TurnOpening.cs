using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations;

/// <summary>Where a turn begins.</summary>
/// <param name="Session">The session that goes on; null for a new one.</param>
/// <param name="History">Its messages so far.</param>
/// <param name="Imported">For a new session, the messages from before the turn.</param>
/// <param name="First">The turn's own first messages.</param>
internal sealed record TurnOpening(
    Session? Session, IReadOnlyList<SessionMessage> History, IReadOnlyList<ChatMessage> Imported, IReadOnlyList<ChatMessage> First)
{
    /// <summary>What the session has to be given, from a position on.</summary>
    public IReadOnlyList<SessionMessage> MessagesOf(Turn turn, int position) =>
    [
        .. Imported.Select((message, index) => new SessionMessage(position + index, null, message, turn.CreatedAt)),
        .. First.Select((message, index) => new SessionMessage(position + Imported.Count + index, turn.Id, message, turn.CreatedAt)),
    ];
}

using ToolService.Core.Conversations.Context;

namespace ToolService.Core.Conversations;

/// <summary>
/// Keeps sessions, their messages and their turns. A write cannot be called back; it is durable when its task completes. What can be
/// expected is a value; only faults throw.
/// </summary>
public interface IConversationStore
{
    /// <summary>
    /// Adds a turn, the messages that it begins with and its first events, and makes it the session's active turn. The session is created when it does
    /// not exist, and then may have messages from before the turn; else its model, system prompt, transcript hash and time are updated.
    /// </summary>
    /// <returns>
    /// Null when it was added. Otherwise nothing is written, and this is the turn in its way: the owner's that has the same idempotency key,
    /// or the session's active one.
    /// </returns>
    Task<string?> TryBeginTurnAsync(
        Session session, Turn turn, IReadOnlyList<SessionMessage> messages, IReadOnlyList<TurnEventRecord> events);

    /// <summary>
    /// Gives a session the hash of what a client was shown, unless another turn has begun in it since: then nothing is written.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="turnId">The turn that the client was answered from.</param>
    /// <param name="hash">The hash of the whole conversation as the client has it.</param>
    Task NoteTranscriptAsync(string sessionId, string turnId, string hash);

    /// <summary>
    /// Writes a turn's state, the messages it has added and the events that tell of it, together. A turn that has ended stops being its session's active turn.
    /// False, and nothing is written, when the stored turn has already ended or is gone.
    /// </summary>
    /// <param name="turn">The turn.</param>
    /// <param name="added">What it has added.</param>
    /// <param name="events">What tells of it.</param>
    /// <param name="context">What the model is sent of the session from now on; null where that stays as it was.</param>
    Task<bool> TrySaveTurnAsync(
        Turn turn, IReadOnlyList<SessionMessage> added, IReadOnlyList<TurnEventRecord> events, SessionContext? context = null);

    /// <summary>Adds a session without a turn, with the messages that it begins with, together.</summary>
    Task AddSessionAsync(Session session, IReadOnlyList<SessionMessage> messages);

    /// <summary>
    /// Adds a session with as many of another's first messages as its <see cref="Session.MessageCount"/> says. They belong to no turn.
    /// False, and nothing is written, when the other is gone or has fewer.
    /// </summary>
    Task<bool> TryForkSessionAsync(Session fork, string sourceId);

    /// <summary>One session; null where there is none, or it is not the owner's. A null owner finds anyone's.</summary>
    Task<Session?> FindSessionAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>
    /// The owner's session without an active turn whose transcript has this hash, one of them if there are several; null where there is none.
    /// </summary>
    Task<Session?> FindSessionByTranscriptAsync(string hash, string owner, CancellationToken cancellationToken);

    /// <summary>What a session's turns have used, together. Turns of the session that it was copied from are not among them.</summary>
    Task<SessionTotals> TotalsAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Sessions, last used first. A null owner lists everyone's; <paramref name="after"/> is the id of the last one of the page before.</summary>
    Task<IReadOnlyList<Session>> ListSessionsAsync(string? owner, int limit, string? after, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes a session with its messages and turns, unless it has an active turn. The history of its calls stays.
    /// </summary>
    /// <returns>Null when it is gone; the id of the active turn, and nothing is deleted, when there is one.</returns>
    Task<string?> TryDeleteSessionAsync(string id);

    /// <summary>Messages of a session in order, from a position on.</summary>
    Task<IReadOnlyList<SessionMessage>> ListMessagesAsync(string sessionId, int from, int limit, CancellationToken cancellationToken);

    /// <summary>One turn; null where there is none, or it is not the owner's. A null owner finds anyone's.</summary>
    Task<Turn?> FindTurnAsync(string id, string? owner, CancellationToken cancellationToken);

    /// <summary>The owner's turn whose request came with this idempotency key; null where there is none.</summary>
    Task<Turn?> FindTurnByKeyAsync(string key, string owner, CancellationToken cancellationToken);

    /// <summary>Every turn that has not ended, oldest first: what the service goes on with after a restart.</summary>
    Task<IReadOnlyList<Turn>> ListUnfinishedTurnsAsync(CancellationToken cancellationToken);
}

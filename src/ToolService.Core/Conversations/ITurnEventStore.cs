namespace ToolService.Core.Conversations;

/// <summary>
/// Keeps what clients were shown of turns. What goes with a change of the turn is written by <see cref="IConversationStore"/>, together with it.
/// A write cannot be called back; it is durable when its task completes.
/// </summary>
public interface ITurnEventStore
{
    /// <summary>Adds events to a turn's log. One that is there already stays as it is.</summary>
    Task AppendAsync(string turnId, IReadOnlyList<TurnEventRecord> events);

    /// <summary>Events of a turn in order, after a sequence.</summary>
    Task<IReadOnlyList<TurnEventRecord>> ListAsync(string turnId, int after, int limit, CancellationToken cancellationToken);

    /// <summary>The sequence of a turn's last event so far; 0 for none.</summary>
    Task<int> FindLastAsync(string turnId, CancellationToken cancellationToken);

    /// <summary>Where a turn's log ends, and what is in it, for who goes on with it.</summary>
    Task<TurnLogEnd> FindEndAsync(string turnId, CancellationToken cancellationToken);

    /// <summary>Deletes the events of some turns that ended before the instant; how many turns, 0 when none is left.</summary>
    Task<int> DeleteBeforeAsync(DateTimeOffset instant, int turns, CancellationToken cancellationToken);
}

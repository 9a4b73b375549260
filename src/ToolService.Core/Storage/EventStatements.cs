using ToolService.Core.Conversations;
using ToolService.Core.Storage.Writing;
using LoggedEvent = (string TurnId, ToolService.Core.Conversations.TurnEventRecord Event);

namespace ToolService.Core.Storage;

/// <summary>What is written to <c>turn_events</c>.</summary>
internal static class EventStatements
{
    private const string OldTurns =
        $"""
        SELECT id FROM turns WHERE {StorageContext.TurnsWithEvents} AND updated_at < @before ORDER BY updated_at, id LIMIT @count
        """;

    private static readonly Column<(long Before, int Count)>[] Batch =
    [
        Column<(long Before, int Count)>.Long("before", batch => batch.Before),
        Column<(long Before, int Count)>.Int("count", batch => batch.Count),
    ];

    // Written again after a commit of which nobody knows whether it took effect: then it is there already.
    private static readonly Statement<LoggedEvent> Add = Statement<LoggedEvent>.Insert(
        "turn_events",
        [
            Column<LoggedEvent>.Text("turn_id", logged => logged.TurnId),
            Column<LoggedEvent>.Int("sequence", logged => logged.Event.Sequence),
            Column<LoggedEvent>.Text("type", logged => logged.Event.Type),
            Column<LoggedEvent>.Text("subject", logged => logged.Event.Subject),
            Column<LoggedEvent>.Text("data", logged => logged.Event.Data),
        ],
        "ON CONFLICT (turn_id, sequence) DO NOTHING");

    private static readonly Statement<(long Before, int Count)> DeleteEvents =
        new($"DELETE FROM turn_events WHERE turn_id IN ({OldTurns})", Batch);

    private static readonly Statement<(long Before, int Count)> MarkExpired =
        new($"UPDATE turns SET events_expired = TRUE WHERE id IN ({OldTurns})", Batch);

    /// <summary>Adds events to a turn's log.</summary>
    public static void Append(WriteSession writer, string turnId, IReadOnlyList<TurnEventRecord> events)
    {
        foreach (var added in events)
            writer.Execute(Add, (turnId, added));
    }

    /// <summary>Deletes the events of the turns that ended first, of those that ended before an instant; how many turns.</summary>
    public static int DeleteBefore(WriteSession writer, long instant, int turns)
    {
        writer.Execute(DeleteEvents, (instant, turns));
        return writer.Execute(MarkExpired, (instant, turns));
    }
}

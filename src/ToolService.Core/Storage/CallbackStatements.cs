using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>What is written to <c>callbacks</c>.</summary>
internal static class CallbackStatements
{
    private static readonly Column<Callback> Key = Column<Callback>.Text("id", callback => callback.Id);

    private static readonly Column<Callback>[] Facts =
    [
        Column<Callback>.Text("turn_id", callback => callback.TurnId),
        Column<Callback>.Text("turn_status", callback => SnakeCaseNames<TurnStatus>.Of(callback.TurnStatus)),
        Column<Callback>.Int("round", callback => callback.Round),
        Column<Callback>.Long("created_at", callback => StoredTime.Of(callback.CreatedAt)),
    ];

    private static readonly Column<Callback>[] State =
    [
        Column<Callback>.Text("status", callback => SnakeCaseNames<CallbackStatus>.Of(callback.Status)),
        Column<Callback>.Int("attempts", callback => callback.Attempts),
        Column<Callback>.Text("last_error", callback => callback.LastError),
        Column<Callback>.Long("next_attempt_at", callback => StoredTime.Of(callback.NextAttemptAt)),
    ];

    /// <summary>Adds a callback, unless the turn has one for the same: a turn that goes on after a restart may find itself waiting again.</summary>
    public static readonly Statement<Callback> Add =
        Statement<Callback>.Insert("callbacks", [Key, .. Facts, .. State], "ON CONFLICT (turn_id, round, turn_status) DO NOTHING");

    /// <summary>Changes a callback.</summary>
    public static readonly Statement<Callback> Update = Statement<Callback>.Update("callbacks", State, "id = @id", [Key]);
}

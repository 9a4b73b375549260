using System.Text.Json;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Storage.Rows;
using ToolService.Core.Storage.Writing;

namespace ToolService.Core.Storage;

/// <summary>What is written to <c>sessions</c>, <c>session_messages</c> and <c>turns</c>.</summary>
internal static class ConversationStatements
{
    private static readonly Column<string> Key = Column<string>.Text("id", id => id);

    private static readonly Column<Session>[] SessionFacts =
    [
        Column<Session>.Text("id", session => session.Id),
        Column<Session>.Text("owner", session => session.Owner),
        Column<Session>.Long("created_at", session => StoredTime.Of(session.CreatedAt)),
    ];

    private static readonly Column<Session>[] SessionState =
    [
        Column<Session>.Text("model", session => session.Model),
        Column<Session>.Text("system_prompt", session => session.SystemPrompt),
        Column<Session>.Text("transcript_hash", session => session.TranscriptHash),
        Column<Session>.Long("updated_at", session => StoredTime.Of(session.UpdatedAt)),
    ];

    private static readonly Column<Begun>[] BegunFacts = [.. SessionFacts.Select(column => column.Within<Begun>(begun => begun.Session))];

    private static readonly Column<Begun>[] BegunState =
    [
        .. SessionState.Select(column => column.Within<Begun>(begun => begun.Session)),
        Column<Begun>.Text("active_turn_id", begun => begun.TurnId),
        Column<Begun>.Int("message_count", begun => begun.Position + begun.Count),
    ];

    private static readonly Column<Turn>[] TurnKey = [Column<Turn>.Text("id", turn => turn.Id)];

    private static readonly Column<Turn>[] TurnFacts =
    [
        Column<Turn>.Text("session_id", turn => turn.SessionId),
        Column<Turn>.Text("owner", turn => turn.Owner),
        Column<Turn>.Text("model", turn => turn.Model),
        Column<Turn>.Text("tools", turn => turn.Tools is { } tools ? JsonSerializer.Serialize(tools) : null),
        Column<Turn>.Text("system_prompt", turn => turn.SystemPrompt),
        Column<Turn>.Text("settings", turn => StoredJson.Of(turn.Settings, TurnSettings.Default)),
        Column<Turn>.Text("idempotency_key", turn => turn.IdempotencyKey),
        Column<Turn>.Text("request_hash", turn => turn.RequestHash),
        Column<Turn>.Text("callback_url", turn => turn.CallbackUrl),
        Column<Turn>.Int("max_rounds", turn => turn.MaxRounds),
        Column<Turn>.Long("created_at", turn => StoredTime.Of(turn.CreatedAt)),
    ];

    private static readonly Column<Turn>[] TurnState =
    [
        Column<Turn>.Text("status", turn => SnakeCaseNames<TurnStatus>.Of(turn.Status)),
        Column<Turn>.Text("reason", turn => turn.Reason),
        Column<Turn>.Text("reason_message", turn => turn.ReasonMessage),
        Column<Turn>.Int("rounds", turn => turn.Rounds),
        Column<Turn>.Int("tool_calls", turn => turn.ToolCalls),
        Column<Turn>.Int("attempts", turn => turn.Attempts),
        Column<Turn>.Int("failing_rounds", turn => turn.FailingRounds),
        Column<Turn>.Long("input_tokens", turn => turn.InputTokens),
        Column<Turn>.Long("output_tokens", turn => turn.OutputTokens),
        Column<Turn>.Double("cost", turn => turn.Cost),
        Column<Turn>.Text("progress", turn => StoredJson.Of(turn.Progress, TurnProgress.None)),
        Column<Turn>.Text("reply", turn => turn.Reply),
        Column<Turn>.Long("deadline", turn => StoredTime.Of(turn.Deadline)),
        Column<Turn>.Long("updated_at", turn => StoredTime.Of(turn.UpdatedAt)),
    ];

    /// <summary>Adds a session with its active turn, unless it exists.</summary>
    public static readonly Statement<Begun> AddSession =
        Statement<Begun>.Insert("sessions", [.. BegunFacts, .. BegunState], "ON CONFLICT (id) DO NOTHING");

    /// <summary>Makes a turn the active one of a session that has none and whose next message takes the expected position.</summary>
    public static readonly Statement<Begun> OccupySession = Statement<Begun>.Update(
        "sessions",
        BegunState,
        "id = @id AND owner = @owner AND active_turn_id IS NULL AND message_count = @position",
        [BegunFacts[0], BegunFacts[1], Column<Begun>.Int("position", begun => begun.Position)]);

    /// <summary>Reads owner, active turn and message count of a session.</summary>
    public static readonly Statement<string> FindSession =
        new("SELECT owner, active_turn_id, message_count FROM sessions WHERE id = @id", [Key]);

    /// <summary>Adds to a session's messages what a turn has added, and frees the session from a turn that has ended.</summary>
    public static readonly Statement<Saved> SaveSession = new(
        """
        UPDATE sessions SET
            updated_at = @updated_at,
            message_count = message_count + @added,
            context = COALESCE(@context, context),
            active_turn_id = CASE WHEN @ended AND active_turn_id = @turn_id THEN NULL ELSE active_turn_id END
        WHERE id = @id AND (@added = 0 OR message_count = @position)
        """,
        [
            Column<Saved>.Text("id", saved => saved.Turn.SessionId),
            Column<Saved>.Long("updated_at", saved => StoredTime.Of(saved.Turn.UpdatedAt)),
            Column<Saved>.Int("added", saved => saved.Added),
            Column<Saved>.Int("position", saved => saved.Position),
            Column<Saved>.Text("context", saved => saved.Context is { } context ? StoredJson.Of(context, SessionContext.None) : null),
            Column<Saved>.Bool("ended", saved => saved.Turn.HasEnded),
            Column<Saved>.Text("turn_id", saved => saved.Turn.Id),
        ]);

    /// <summary>Gives a session the hash of what a turn's client was shown, unless another turn has begun in it since.</summary>
    public static readonly Statement<Shown> NoteTranscript = new(
        "UPDATE sessions SET transcript_hash = @hash WHERE id = @id AND transcript_hash = @turn_id",
        [
            Column<Shown>.Text("id", shown => shown.SessionId),
            Column<Shown>.Text("turn_id", shown => shown.TurnId),
            Column<Shown>.Text("hash", shown => shown.Hash),
        ]);

    /// <summary>Deletes a session that has no active turn; its messages and turns go with it.</summary>
    public static readonly Statement<string> DeleteSession = new("DELETE FROM sessions WHERE id = @id AND active_turn_id IS NULL", [Key]);

    /// <summary>Reads the id of the owner's turn that has the same idempotency key.</summary>
    public static readonly Statement<Turn> FindTurnByKey = new(
        "SELECT id FROM turns WHERE owner = @owner AND idempotency_key = @idempotency_key",
        [Column<Turn>.Text("owner", turn => turn.Owner), Column<Turn>.Text("idempotency_key", turn => turn.IdempotencyKey)]);

    /// <summary>Adds a turn.</summary>
    public static readonly Statement<Turn> AddTurn = Statement<Turn>.Insert("turns", [.. TurnKey, .. TurnFacts, .. TurnState]);

    /// <summary>Changes a turn that has not ended.</summary>
    public static readonly Statement<Turn> UpdateTurn =
        Statement<Turn>.Update("turns", TurnState, $"id = @id AND {StorageContext.UnfinishedTurns}", TurnKey);

    /// <summary>Adds a message.</summary>
    public static readonly Statement<MessageRow> AddMessage = Statement<MessageRow>.Insert(
        "session_messages",
        [
            Column<MessageRow>.Text("session_id", row => row.SessionId),
            Column<MessageRow>.Int("position", row => row.Position),
            Column<MessageRow>.Text("turn_id", row => row.TurnId),
            Column<MessageRow>.Long("created_at", row => row.CreatedAt),
            Column<MessageRow>.Text("message", row => row.Message),
        ]);

    /// <summary>Adds a session without a turn.</summary>
    public static readonly Statement<Session> AddIdleSession = Statement<Session>.Insert(
        "sessions",
        [
            .. SessionFacts,
            .. SessionState,
            Column<Session>.Int("message_count", session => session.MessageCount),
            Column<Session>.Text("context", session => StoredJson.Of(session.Context, SessionContext.None)),
        ]);

    /// <summary>Gives a session the first messages of another, as messages without a turn.</summary>
    public static readonly Statement<Copied> CopyMessages = new(
        """
        INSERT INTO session_messages (session_id, position, turn_id, created_at, message)
        SELECT @id, position, NULL, created_at, message FROM session_messages WHERE session_id = @source AND position < @count
        """,
        [
            Column<Copied>.Text("id", copied => copied.Id),
            Column<Copied>.Text("source", copied => copied.SourceId),
            Column<Copied>.Int("count", copied => copied.Count),
        ]);

    /// <summary>A turn that begins, and where its messages start.</summary>
    public sealed record Begun(Session Session, string TurnId, int Position, int Count);

    /// <summary>What the client of a turn was shown.</summary>
    public sealed record Shown(string SessionId, string TurnId, string Hash);

    /// <summary>A turn to save, where its new messages start, and what of its session the model is sent; null where that stays.</summary>
    public sealed record Saved(Turn Turn, int Position, int Added, SessionContext? Context);

    /// <summary>A session to fill with the first messages of another.</summary>
    public sealed record Copied(string Id, string SourceId, int Count);
}

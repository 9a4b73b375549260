using System.Text.Json;
using ToolService.Core.Execution;
using ToolService.Core.Storage.Writing;
using CallUpdate = (ToolService.Core.Execution.CallRecord Call, ToolService.Core.Execution.CallStatus Expected);

namespace ToolService.Core.Storage;

/// <summary>What is written to <c>calls</c> and <c>confirmations</c>.</summary>
internal static class CallStatements
{
    private static readonly Column<CallRecord>[] CallKey =
    [
        Column<CallRecord>.Text("call_id", call => call.CallId),
        Column<CallRecord>.Text("owner", call => call.Owner),
    ];

    // What a call is never changes after it was added, only how it stands: the indexes on these columns are left alone by an update.
    private static readonly Column<CallRecord>[] CallFacts =
    [
        Column<CallRecord>.Text("tool_name", call => call.ToolName),
        Column<CallRecord>.Text("origin", call => SnakeCaseNames<CallOrigin>.Of(call.Origin)),
        Column<CallRecord>.Text("session_id", call => call.SessionId),
        Column<CallRecord>.Text("turn_id", call => call.TurnId),
        Column<CallRecord>.Long("created_at", call => StoredTime.Of(call.CreatedAt)),
        Column<CallRecord>.Text("reused_from", call => call.ReusedFrom),
    ];

    private static readonly Column<CallRecord>[] CallState =
    [
        Column<CallRecord>.Text("status", call => SnakeCaseNames<CallStatus>.Of(call.Status)),
        Column<CallRecord>.Long("completed_at", call => StoredTime.Of(call.CompletedAt)),
        Column<CallRecord>.Long("queue_time", call => StoredTime.Of(call.QueueTime)),
        Column<CallRecord>.Long("execution_time", call => StoredTime.Of(call.ExecutionTime)),
        Column<CallRecord>.Int("attempts", call => call.Attempts),
        Column<CallRecord>.Text("confirmation_id", call => call.ConfirmationId),
        Column<CallRecord>.Text("decided_by", call => call.DecidedBy),
        Column<CallRecord>.Text("definition_hash", call => call.DefinitionHash),
        Column<CallRecord>.Text("error_code", call => call.Error is { } error ? SnakeCaseNames<ToolErrorCode>.Of(error.Code) : null),
        Column<CallRecord>.Bool("error_retryable", call => call.Error?.Retryable),
        Column<CallRecord>.Text("error_message", call => call.Error?.Message),
        Column<CallRecord>.Text("error_details", call => call.Error?.Errors is { } errors ? JsonSerializer.Serialize(errors) : null),
        Column<CallRecord>.Text("arguments", call => call.Arguments),
        Column<CallRecord>.Text("result", call => call.Result),
        Column<CallRecord>.Text("repairs", call => StoredRepairs.Of(call.Repairs)),
    ];

    private static readonly Column<Confirmation>[] ConfirmationKey = [Column<Confirmation>.Text("id", confirmation => confirmation.Id)];

    private static readonly Column<Confirmation>[] ConfirmationFacts =
    [
        Column<Confirmation>.Text("owner", confirmation => confirmation.Owner),
        Column<Confirmation>.Text("call_id", confirmation => confirmation.CallId),
        Column<Confirmation>.Text("tool_name", confirmation => confirmation.ToolName),
        Column<Confirmation>.Text("definition_hash", confirmation => confirmation.DefinitionHash),
        Column<Confirmation>.Text("session_id", confirmation => confirmation.SessionId),
        Column<Confirmation>.Text("turn_id", confirmation => confirmation.TurnId),
        Column<Confirmation>.Long("created_at", confirmation => StoredTime.Of(confirmation.CreatedAt)),
        Column<Confirmation>.Long("expires_at", confirmation => StoredTime.Of(confirmation.ExpiresAt)),
        Column<Confirmation>.Text("question", confirmation => confirmation.Elicitation?.Message),
        Column<Confirmation>.Text("answer_schema", confirmation => confirmation.Elicitation?.Schema.GetRawText()),
    ];

    private static readonly Column<Confirmation>[] ConfirmationState =
    [
        Column<Confirmation>.Text("status", confirmation => SnakeCaseNames<ConfirmationStatus>.Of(confirmation.Status)),
        Column<Confirmation>.Long("decided_at", confirmation => StoredTime.Of(confirmation.DecidedAt)),
        Column<Confirmation>.Text("decided_by", confirmation => confirmation.DecidedBy),
        Column<Confirmation>.Text("reason", confirmation => confirmation.Reason),
        Column<Confirmation>.Text("arguments", confirmation => confirmation.Arguments),
        Column<Confirmation>.Text("original_arguments", confirmation => confirmation.OriginalArguments),
        Column<Confirmation>.Text("decision_key", confirmation => confirmation.DecisionKey),
        Column<Confirmation>.Text("decision_hash", confirmation => confirmation.DecisionHash),
        Column<Confirmation>.Text("changes", confirmation => StoredChanges.Of(confirmation.Changes)),
        Column<Confirmation>.Text("answer", confirmation => confirmation.Answer),
    ];

    /// <summary>Adds a call, unless its owner has used the id.</summary>
    public static readonly Statement<CallRecord> AddCall =
        Statement<CallRecord>.Insert("calls", [.. CallKey, .. CallFacts, .. CallState], "ON CONFLICT (call_id, owner) DO NOTHING");

    /// <summary>Adds a confirmation.</summary>
    public static readonly Statement<Confirmation> AddConfirmation =
        Statement<Confirmation>.Insert("confirmations", [.. ConfirmationKey, .. ConfirmationFacts, .. ConfirmationState]);

    /// <summary>Adds a tool's definition, unless it is there.</summary>
    public static readonly Statement<(string Hash, string Definition)> AddDefinition = Statement<(string Hash, string Definition)>.Insert(
        "tool_definitions",
        [
            Column<(string Hash, string Definition)>.Text("hash", tool => tool.Hash),
            Column<(string Hash, string Definition)>.Text("definition", tool => tool.Definition),
        ],
        "ON CONFLICT (hash) DO NOTHING");

    /// <summary>Changes a call that still has the expected status.</summary>
    public static readonly Statement<CallUpdate> UpdateCall = Statement<CallUpdate>.Update(
        "calls",
        [.. CallState.Select(column => column.Within<CallUpdate>(update => update.Call))],
        "call_id = @call_id AND owner = @owner AND status = @expected",
        [
            .. CallKey.Select(column => column.Within<CallUpdate>(update => update.Call)),
            Column<CallUpdate>.Text("expected", update => SnakeCaseNames<CallStatus>.Of(update.Expected)),
        ]);

    /// <summary>Changes a confirmation that is still pending, as is its call.</summary>
    public static readonly Statement<Confirmation> Decide = Statement<Confirmation>.Update(
        "confirmations",
        ConfirmationState,
        """
        id = @id AND status = 'pending' AND EXISTS (
            SELECT 1 FROM calls WHERE calls.call_id = @call_id AND calls.owner = @owner AND calls.status = 'confirmation_required')
        """,
        [.. ConfirmationKey, .. ConfirmationFacts.Where(column => column.Name is "call_id" or "owner")]);

    /// <summary>Changes a question that still waits for its answer; its call runs.</summary>
    public static readonly Statement<Confirmation> Answer =
        Statement<Confirmation>.Update("confirmations", ConfirmationState, "id = @id AND status = 'pending'", ConfirmationKey);

    /// <summary>
    /// Deletes the oldest ended calls that arrived before an instant. Those of a turn that has not ended stay: without them it would run them again.
    /// </summary>
    public static readonly Statement<(long Before, int Count)> DeleteCalls = Delete(
        "calls",
        "seq",
        $"""
        status NOT IN ('started', 'confirmation_required')
            AND NOT EXISTS (SELECT 1 FROM turns WHERE turns.id = calls.turn_id AND turns.{StorageContext.UnfinishedTurns})
        """);

    /// <summary>Deletes the oldest ended confirmations that were asked for before an instant.</summary>
    public static readonly Statement<(long Before, int Count)> DeleteConfirmations = Delete("confirmations", "id", "status <> 'pending'");

    /// <summary>Deletes the tools' definitions that no confirmation waits with: nothing is compared with them any more.</summary>
    public static readonly Statement<(long Before, int Count)> DeleteDefinitions = new(
        "DELETE FROM tool_definitions WHERE hash NOT IN (SELECT definition_hash FROM confirmations WHERE status = 'pending')", []);

    private static Statement<(long Before, int Count)> Delete(string table, string key, string ended) => new(
        $"""
        DELETE FROM {table} WHERE {key} IN (
            SELECT {key} FROM {table} WHERE created_at < @before AND {ended} ORDER BY created_at LIMIT @count)
        """,
        [
            Column<(long Before, int Count)>.Long("before", batch => batch.Before),
            Column<(long Before, int Count)>.Int("count", batch => batch.Count),
        ]);
}

using System.Text.Json;
using ToolService.Core.Execution;
using ToolService.Core.Schema;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>calls</c>.</summary>
internal sealed class CallRow
{
    public long Seq { get; init; }

    public required string CallId { get; init; }

    public required string Owner { get; init; }

    public required string ToolName { get; init; }

    public required string Origin { get; init; }

    public required string Status { get; init; }

    public required long CreatedAt { get; init; }

    public long? CompletedAt { get; init; }

    public required long QueueTime { get; init; }

    public required long ExecutionTime { get; init; }

    public required int Attempts { get; init; }

    public string? SessionId { get; init; }

    public string? TurnId { get; init; }

    public string? ConfirmationId { get; init; }

    public string? DecidedBy { get; init; }

    public string? DefinitionHash { get; init; }

    public string? ErrorCode { get; init; }

    public bool? ErrorRetryable { get; init; }

    public string? ErrorMessage { get; init; }

    public string? ErrorDetails { get; init; }

    public required string Arguments { get; init; }

    public string? Result { get; init; }

    public string? Repairs { get; init; }

    public string? ReusedFrom { get; init; }

    public CallRecord ToRecord() => new()
    {
        CallId = CallId,
        Owner = Owner,
        ToolName = ToolName,
        Origin = SnakeCaseNames<CallOrigin>.Parse(Origin),
        SessionId = SessionId,
        TurnId = TurnId,
        Arguments = Arguments,
        Repairs = StoredRepairs.Parse(Repairs),
        DefinitionHash = DefinitionHash,
        Status = SnakeCaseNames<CallStatus>.Parse(Status),
        Result = Result,
        ReusedFrom = ReusedFrom,
        Error = Error(),
        Attempts = Attempts,
        QueueTime = StoredTime.Duration(QueueTime),
        ExecutionTime = StoredTime.Duration(ExecutionTime),
        ConfirmationId = ConfirmationId,
        DecidedBy = DecidedBy,
        CreatedAt = StoredTime.Instant(CreatedAt),
        CompletedAt = StoredTime.Instant(CompletedAt),
    };

    private ToolError? Error() => ErrorCode is null
        ? null
        : new ToolError(
            SnakeCaseNames<ToolErrorCode>.Parse(ErrorCode),
            ErrorMessage ?? "",
            ErrorRetryable ?? false,
            ErrorDetails is null ? null : JsonSerializer.Deserialize<List<SchemaError>>(ErrorDetails));
}

using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>callbacks</c>.</summary>
internal sealed class CallbackRow
{
    public required string Id { get; init; }

    public required string TurnId { get; init; }

    public required string TurnStatus { get; init; }

    public required int Round { get; init; }

    public required string Status { get; init; }

    public required int Attempts { get; init; }

    public long? NextAttemptAt { get; init; }

    public required long CreatedAt { get; init; }

    public string? LastError { get; init; }

    public Callback ToRecord() => new()
    {
        Id = Id,
        TurnId = TurnId,
        TurnStatus = SnakeCaseNames<TurnStatus>.Parse(TurnStatus),
        Round = Round,
        Status = SnakeCaseNames<CallbackStatus>.Parse(Status),
        Attempts = Attempts,
        NextAttemptAt = StoredTime.Instant(NextAttemptAt),
        CreatedAt = StoredTime.Instant(CreatedAt),
        LastError = LastError,
    };
}

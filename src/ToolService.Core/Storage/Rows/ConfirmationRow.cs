using System.Text.Json;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>confirmations</c>.</summary>
internal sealed class ConfirmationRow
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required string CallId { get; init; }

    public required string ToolName { get; init; }

    public required string DefinitionHash { get; init; }

    public required string Status { get; init; }

    public string? SessionId { get; init; }

    public string? TurnId { get; init; }

    public required long CreatedAt { get; init; }

    public required long ExpiresAt { get; init; }

    public long? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public string? Reason { get; init; }

    public required string Arguments { get; init; }

    public string? OriginalArguments { get; init; }

    public string? DecisionKey { get; init; }

    public string? DecisionHash { get; init; }

    public string? Changes { get; init; }

    public string? Question { get; init; }

    public string? AnswerSchema { get; init; }

    public string? Answer { get; init; }

    public Confirmation ToRecord() => new()
    {
        Id = Id,
        Owner = Owner,
        CallId = CallId,
        ToolName = ToolName,
        Arguments = Arguments,
        OriginalArguments = OriginalArguments,
        DefinitionHash = DefinitionHash,
        Changes = StoredChanges.Parse(Changes),
        Elicitation = Question is null ? null : new Elicitation(Question, JsonElement.Parse(AnswerSchema!)),
        Answer = Answer,
        SessionId = SessionId,
        TurnId = TurnId,
        Status = SnakeCaseNames<ConfirmationStatus>.Parse(Status),
        DecidedBy = DecidedBy,
        Reason = Reason,
        DecisionKey = DecisionKey,
        DecisionHash = DecisionHash,
        CreatedAt = StoredTime.Instant(CreatedAt),
        ExpiresAt = StoredTime.Instant(ExpiresAt),
        DecidedAt = StoredTime.Instant(DecidedAt),
    };
}

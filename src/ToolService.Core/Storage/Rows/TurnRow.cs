using System.Text.Json;
using ToolService.Core.Conversations;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>turns</c>.</summary>
internal sealed class TurnRow
{
    public required string Id { get; init; }

    public required string SessionId { get; init; }

    public required string Owner { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public string? ReasonMessage { get; init; }

    public required string Model { get; init; }

    public string? Tools { get; init; }

    public string? SystemPrompt { get; init; }

    public string? Settings { get; init; }

    public string? Progress { get; init; }

    public string? IdempotencyKey { get; init; }

    public string? RequestHash { get; init; }

    public string? CallbackUrl { get; init; }

    public required int MaxRounds { get; init; }

    public required int Rounds { get; init; }

    public required int ToolCalls { get; init; }

    public required int FailingRounds { get; init; }

    public required int Attempts { get; init; }

    public required bool EventsExpired { get; init; }

    public required long InputTokens { get; init; }

    public required long OutputTokens { get; init; }

    public double? Cost { get; init; }

    public string? Reply { get; init; }

    public required long CreatedAt { get; init; }

    public required long Deadline { get; init; }

    public required long UpdatedAt { get; init; }

    public Turn ToRecord() => new()
    {
        Id = Id,
        SessionId = SessionId,
        Owner = Owner,
        Status = SnakeCaseNames<TurnStatus>.Parse(Status),
        Reason = Reason,
        ReasonMessage = ReasonMessage,
        Model = Model,
        Tools = Tools is null ? null : JsonSerializer.Deserialize<List<string>>(Tools),
        SystemPrompt = SystemPrompt,
        Settings = StoredJson.Read(Settings, TurnSettings.Default),
        Progress = StoredJson.Read(Progress, TurnProgress.None),
        IdempotencyKey = IdempotencyKey,
        RequestHash = RequestHash,
        CallbackUrl = CallbackUrl,
        MaxRounds = MaxRounds,
        Rounds = Rounds,
        ToolCalls = ToolCalls,
        FailingRounds = FailingRounds,
        Attempts = Attempts,
        EventsExpired = EventsExpired,
        InputTokens = InputTokens,
        OutputTokens = OutputTokens,
        Cost = Cost,
        Reply = Reply,
        CreatedAt = StoredTime.Instant(CreatedAt),
        Deadline = StoredTime.Instant(Deadline),
        UpdatedAt = StoredTime.Instant(UpdatedAt),
    };
}

using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Context;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>sessions</c>.</summary>
internal sealed class SessionRow
{
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public string? Model { get; init; }

    public string? SystemPrompt { get; init; }

    public string? ActiveTurnId { get; init; }

    public string? TranscriptHash { get; init; }

    public required int MessageCount { get; init; }

    public string? Context { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public Session ToRecord() => new()
    {
        Id = Id,
        Owner = Owner,
        Model = Model,
        SystemPrompt = SystemPrompt,
        ActiveTurnId = ActiveTurnId,
        TranscriptHash = TranscriptHash,
        MessageCount = MessageCount,
        Context = StoredJson.Read(Context, SessionContext.None),
        CreatedAt = StoredTime.Instant(CreatedAt),
        UpdatedAt = StoredTime.Instant(UpdatedAt),
    };
}

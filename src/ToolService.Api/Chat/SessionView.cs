using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

/// <summary>A conversation.</summary>
public sealed record SessionView
{
    /// <summary>The session's id.</summary>
    public required string SessionId { get; init; }

    /// <summary>Who it belongs to.</summary>
    public required string Owner { get; init; }

    /// <summary>The configured model it was last used with.</summary>
    public string? Model { get; init; }

    /// <summary>Its own system prompt.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The turn at work or waiting.</summary>
    public string? ActiveTurnId { get; init; }

    /// <summary>How many messages it has.</summary>
    public required int MessageCount { get; init; }

    /// <summary>What its turns have used, together; only where the session itself is asked for.</summary>
    public SessionUsageView? Usage { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The session as it is on the wire.</summary>
    public static SessionView Of(Session session) => new()
    {
        SessionId = session.Id,
        Owner = session.Owner,
        Model = session.Model,
        SystemPrompt = session.SystemPrompt,
        ActiveTurnId = session.ActiveTurnId,
        MessageCount = session.MessageCount,
        CreatedAt = session.CreatedAt,
        UpdatedAt = session.UpdatedAt,
    };
}

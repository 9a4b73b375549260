using ToolService.Core.Conversations.Context;

namespace ToolService.Core.Conversations;

/// <summary>A conversation.</summary>
public sealed record Session
{
    /// <summary>The session's id.</summary>
    public required string Id { get; init; }

    /// <summary>Who it belongs to.</summary>
    public required string Owner { get; init; }

    /// <summary>The configured model it was last used with.</summary>
    public string? Model { get; init; }

    /// <summary>Its own system prompt; null uses <c>Chat:SystemPrompt</c>.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>The turn at work or waiting; null when the session is free.</summary>
    public string? ActiveTurnId { get; init; }

    /// <summary>How many messages it has; the next one takes this position.</summary>
    public int MessageCount { get; init; }

    /// <summary>What of it the model is sent.</summary>
    public SessionContext Context { get; init; } = SessionContext.None;

    /// <summary>
    /// A hash of what a client without sessions was shown of the conversation, by which its next request finds the session; the id of the
    /// turn at whose end there will be one; null where there is none.
    /// </summary>
    public string? TranscriptHash { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written to.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;

namespace ToolService.Core.Storage.Rows;

/// <summary>A row of <c>session_messages</c>.</summary>
internal sealed class MessageRow
{
    // Not indented. Arguments may be as deep as JSON commonly may; the message around them must not be what makes them too deep.
    private static readonly JsonSerializerOptions Options = new(AIJsonUtilities.DefaultOptions) { MaxDepth = 128, WriteIndented = false };

    public required string SessionId { get; init; }

    public required int Position { get; init; }

    public string? TurnId { get; init; }

    public required long CreatedAt { get; init; }

    public required string Message { get; init; }

    /// <summary>The message as a row. Done by its caller: serializing is slow for the one thread that writes.</summary>
    public static MessageRow Of(string sessionId, SessionMessage message) => new()
    {
        SessionId = sessionId,
        Position = message.Position,
        TurnId = message.TurnId,
        CreatedAt = StoredTime.Of(message.CreatedAt),
        Message = JsonSerializer.Serialize(message.Message, Options),
    };

    public SessionMessage ToRecord() => new(
        Position,
        TurnId,
        JsonSerializer.Deserialize<ChatMessage>(Message, Options)!,
        StoredTime.Instant(CreatedAt));
}

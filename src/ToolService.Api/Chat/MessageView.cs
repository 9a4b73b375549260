using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Attachments;

namespace ToolService.Api.Chat;

/// <summary>A message of a session.</summary>
public sealed record MessageView
{
    /// <summary>Its place in the session, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>The turn that added it; absent for a message that the session began with.</summary>
    public string? TurnId { get; init; }

    /// <summary><c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Its text.</summary>
    public string? Content { get; init; }

    /// <summary>The files that came with it.</summary>
    public IReadOnlyList<MessageAttachment>? Attachments { get; init; }

    /// <summary>The calls that the model asks for in it.</summary>
    public IReadOnlyList<RequestedCall>? ToolCalls { get; init; }

    /// <summary>The results it gives the model, one per call of the message before.</summary>
    public IReadOnlyList<MessageResult>? ToolResults { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The message as it is on the wire.</summary>
    public static MessageView Of(SessionMessage message) => new()
    {
        Position = message.Position,
        TurnId = message.TurnId,
        Role = message.Message.Role.Value,
        Content = Attachment.TextOf(message.Message) is { Length: > 0 } text ? text : null,
        Attachments = message.Message.Contents.Select(Attachment.Of).OfType<Attachment>().Select(MessageAttachment.Of).ToList() is { Count: > 0 } files
            ? files
            : null,
        ToolCalls = message.Calls is { Count: > 0 } calls ? [.. calls.Select(RequestedCall.Of)] : null,
        ToolResults = message.Answers is { Count: > 0 } answers ? [.. answers.Select(answer => new MessageResult(answer.CallId, answer.Text, answer.IsError))] : null,
        CreatedAt = message.CreatedAt,
    };
}

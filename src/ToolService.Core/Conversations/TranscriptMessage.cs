using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations;

/// <summary>A message in the form in which conversations travel: that of chat completions, with a message for each result.</summary>
/// <param name="Role">User, assistant or tool.</param>
/// <param name="Text">Its text, or the result of a call; null for an assistant that only asks for calls.</param>
public sealed record TranscriptMessage(ChatRole Role, string? Text)
{
    /// <summary>The calls that an assistant asks for.</summary>
    public IReadOnlyList<TranscriptCall> Calls { get; init; } = [];

    /// <summary>The files that a user sends along, as <see cref="Attachments.AttachmentReader"/> has read them.</summary>
    public IReadOnlyList<AIContent> Files { get; init; } = [];

    /// <summary>For a result, the id of its call.</summary>
    public string? CallId { get; init; }
}

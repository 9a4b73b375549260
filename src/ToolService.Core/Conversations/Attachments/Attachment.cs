using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Attachments;

/// <summary>A file that a message has with it: a picture as it is, a text as the model reads it.</summary>
/// <param name="Name">Its name; empty for none.</param>
/// <param name="MediaType">Its content type.</param>
/// <param name="Bytes">Its size.</param>
public sealed record Attachment(string Name, string MediaType, int Bytes)
{
    private const string Key = "attachment";

    /// <summary>Whether it is a picture; otherwise it is text.</summary>
    public bool IsImage => MediaType.StartsWith("image/", StringComparison.Ordinal);

    /// <summary>The file that a message's content is; null for what the user wrote.</summary>
    public static Attachment? Of(AIContent content) => content.AdditionalProperties?.GetValueOrDefault(Key) switch
    {
        Attachment attachment => attachment,
        JsonElement { ValueKind: JsonValueKind.Object } stored => stored.Deserialize<Attachment>(AIJsonUtilities.DefaultOptions),
        _ => null,
    };

    /// <summary>What the user wrote in a message, without the files.</summary>
    public static string TextOf(ChatMessage message) =>
        message.Contents.All(content => content.AdditionalProperties is null)
            ? message.Text
            : string.Concat(message.Contents.Where(content => Of(content) is null).OfType<TextContent>().Select(content => content.Text));

    /// <summary>What stands for it where it cannot be shown.</summary>
    internal string Placeholder => $"[{(IsImage ? "Image" : "File")}{(Name.Length == 0 ? "" : $" {Name}")} ({MediaType})]";

    /// <summary>The content that carries it.</summary>
    internal AIContent Mark(AIContent content)
    {
        (content.AdditionalProperties ??= [])[Key] = JsonSerializer.SerializeToElement(this, AIJsonUtilities.DefaultOptions);
        return content;
    }
}

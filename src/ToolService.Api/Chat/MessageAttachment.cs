using ToolService.Core.Conversations.Attachments;

namespace ToolService.Api.Chat;

/// <summary>A file that a message has with it.</summary>
/// <param name="Name">Its name; absent for none.</param>
/// <param name="MediaType">Its content type.</param>
/// <param name="Bytes">Its size.</param>
public sealed record MessageAttachment(string? Name, string MediaType, int Bytes)
{
    /// <summary>The file as it is on the wire.</summary>
    public static MessageAttachment Of(Attachment attachment) =>
        new(attachment.Name.Length == 0 ? null : attachment.Name, attachment.MediaType, attachment.Bytes);
}

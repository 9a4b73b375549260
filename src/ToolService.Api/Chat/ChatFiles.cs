using System.Globalization;
using Microsoft.Extensions.AI;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Tools;

namespace ToolService.Api.Chat;

/// <summary>Reads the files that come with a request.</summary>
internal sealed class ChatFiles(AttachmentReader reader)
{
    /// <summary>The files, in their order; or what is wrong with the first that is.</summary>
    public async Task<(IReadOnlyList<AIContent> Files, ProblemResult? Unreadable)> ReadAsync(
        IReadOnlyList<AttachmentView> attachments, CancellationToken cancellationToken)
    {
        if (attachments.Count > reader.MaxCount)
            return ([], ChatRequestCheck.Invalid(
                "/attachments", "maxItems", $"There are {attachments.Count:N0} files; at most {reader.MaxCount} are accepted (Chat:Attachments:MaxCount)."));

        var files = new List<AIContent>(attachments.Count);
        foreach (var (index, attachment) in attachments.Index())
        {
            var pointer = string.Create(CultureInfo.InvariantCulture, $"/attachments/{index}");
            // The serializer checks members, and not what lists hold.
            if (attachment is null)
                return ([], ChatRequestCheck.Invalid(pointer, "type", "An attachment must be an object."));

            try
            {
                files.Add(await reader.ReadAsync(new AttachmentRequest(attachment.Url, attachment.Name), cancellationToken));
            }
            catch (ToolException e)
            {
                return ([], ChatRequestCheck.Invalid(pointer, null, e.Message));
            }
        }

        return (files, null);
    }
}

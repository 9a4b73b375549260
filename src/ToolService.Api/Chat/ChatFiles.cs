using System.Globalization;
using Microsoft.Extensions.AI;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Tools;

namespace ToolService.Api.Chat;

/// <summary>Reads the files that come with a request.</summary>
internal sealed class ChatFiles(AttachmentReader reader)
{
    /// <summary>What is wrong with the list of files, before any is read; null where nothing is.</summary>
    public ProblemResult? Find(ChatRequest request)
    {
        if (request.Attachments is not { } attachments)
            return null;
        if (attachments.Count > reader.MaxCount)
            return ChatRequestCheck.Invalid(
                "/attachments", "maxItems", $"There are {attachments.Count:N0} files; at most {reader.MaxCount} are accepted (Chat:Attachments:MaxCount).");

        // The serializer checks members, and not what lists hold.
        var nothing = attachments.Index().Where(attachment => attachment.Item is null).Select(attachment => attachment.Index).ToList();
        return nothing.Count == 0 ? null : ChatRequestCheck.Invalid(PointerTo(nothing[0]), "type", "An attachment must be an object.");
    }

    /// <summary>The files that a request names.</summary>
    public static IReadOnlyList<AttachmentRequest> Asked(ChatRequest request) =>
        [.. (request.Attachments ?? []).Select(attachment => new AttachmentRequest(attachment.Url, attachment.Name))];

    /// <summary>The files, in their order; or what is wrong with the first that is.</summary>
    public async Task<(IReadOnlyList<AIContent> Files, ProblemResult? Unreadable)> ReadAsync(
        IReadOnlyList<AttachmentRequest> asked, CancellationToken cancellationToken)
    {
        var files = new List<AIContent>(asked.Count);
        foreach (var attachment in asked)
        {
            try
            {
                files.Add(await reader.ReadAsync(attachment, cancellationToken));
            }
            catch (ToolException e)
            {
                return ([], ChatRequestCheck.Invalid(PointerTo(files.Count), null, e.Message));
            }
        }

        return (files, null);
    }

    private static string PointerTo(int index) => string.Create(CultureInfo.InvariantCulture, $"/attachments/{index}");
}

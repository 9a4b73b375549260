using System.Text;
using ModelContextProtocol.Protocol;
using ToolService.Core.Tools;
using ContentBlock = ModelContextProtocol.Protocol.ContentBlock;
using ToolBlock = ToolService.Core.Tools.ContentBlock;

namespace ToolService.Api.Mcp;

/// <summary>What a tool returned, as the protocol's content.</summary>
internal static class ResultContent
{
    private const string UnknownType = "application/octet-stream";

    /// <summary>The blocks of a result.</summary>
    /// <param name="content">What the tool returned; null for one text.</param>
    /// <param name="text">What a model reads of it, bounded.</param>
    public static List<ContentBlock> Of(ToolContent? content, string text)
    {
        if (content is null)
            return [new TextContentBlock { Text = text }];

        // Where the text had to be cut, it is one, and what is no text stays beside it.
        return text.Length == content.Text().Length
            ? [.. content.Blocks.Select(Of)]
            : [new TextContentBlock { Text = text }, .. content.Blocks.Where(block => block.Text is null).Select(Of)];
    }

    private static ContentBlock Of(ToolBlock block) => block.Type switch
    {
        "image" => new ImageContentBlock { Data = Base64(block), MimeType = block.MimeType ?? UnknownType },
        "audio" => new AudioContentBlock { Data = Base64(block), MimeType = block.MimeType ?? UnknownType },
        "resource" => new EmbeddedResourceBlock { Resource = Resource(block) },
        "resource_link" => new ResourceLinkBlock
        {
            Uri = block.Uri ?? "",
            Name = block.Name ?? block.Uri ?? "",
            Title = block.Title,
            Description = block.Description,
            MimeType = block.MimeType,
        },
        _ => new TextContentBlock { Text = block.Text ?? "" },
    };

    private static ResourceContents Resource(ToolBlock block) => block.Text is { } text
        ? new TextResourceContents { Uri = block.Uri ?? "", MimeType = block.MimeType, Text = text }
        : new BlobResourceContents { Uri = block.Uri ?? "", MimeType = block.MimeType, Blob = Base64(block) };

    private static ReadOnlyMemory<byte> Base64(ToolBlock block) => Encoding.UTF8.GetBytes(block.Data ?? "");
}

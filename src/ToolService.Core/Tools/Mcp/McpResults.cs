using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ToolService.Core.Schema;

namespace ToolService.Core.Tools.Mcp;

/// <summary>Reads what a server's tool answered.</summary>
/// <param name="server">The server, for failures.</param>
/// <param name="output">What the structured result must satisfy; null where the server promises none.</param>
internal sealed class McpResults(string server, JsonSchema? output)
{
    private const int LongestError = 4_000;
    private const int MostErrors = 5;

    /// <exception cref="ToolException">The tool failed, or its result is not what the server promised.</exception>
    public object? Read(CallToolResult result)
    {
        if (result.IsError is true)
            throw new ToolException($"The MCP server '{server}' reports a failure: {ErrorText(result)}");
        if (output is not null)
            Check(result.StructuredContent, output);
        return result switch
        {
            { StructuredContent: null, Content: [TextContentBlock { Text: var text }] } => text,
            { StructuredContent: null, Content: null or [] } => "",
            _ => new ToolContent([.. (result.Content ?? []).Select(Block)]) { Structured = result.StructuredContent },
        };
    }

    private static string ErrorText(CallToolResult result)
    {
        var text = string.Join('\n', (result.Content ?? []).OfType<TextContentBlock>().Select(block => block.Text));
        return text.Length > 0 ? RemoteText.Bound(text, LongestError) : "it does not say which.";
    }

    private void Check(JsonElement? structured, JsonSchema schema)
    {
        if (structured is not { } value)
            throw Broken("it has no structuredContent");
        if (schema.Validate(value) is { Count: > 0 } errors)
            throw Broken(string.Join("; ", errors.Take(MostErrors).Select(error => $"{error.Pointer} {error.Message}".Trim())));
    }

    private ToolException Broken(string problem) => new(
        $"The tool ran, but what the MCP server '{server}' answered does not satisfy the tool's own output schema, and is not used: "
        + RemoteText.Bound(problem, LongestError));

    private static Tools.ContentBlock Block(ModelContextProtocol.Protocol.ContentBlock block) => block switch
    {
        TextContentBlock { Text: var text } => Tools.ContentBlock.OfText(text),
        ImageContentBlock image => new Tools.ContentBlock("image") { Data = Base64(image.Data), MimeType = image.MimeType },
        AudioContentBlock audio => new Tools.ContentBlock("audio") { Data = Base64(audio.Data), MimeType = audio.MimeType },
        EmbeddedResourceBlock { Resource: TextResourceContents text } =>
            new Tools.ContentBlock("resource") { Text = text.Text, MimeType = text.MimeType, Uri = text.Uri },
        EmbeddedResourceBlock { Resource: BlobResourceContents blob } =>
            new Tools.ContentBlock("resource") { Data = Base64(blob.Blob), MimeType = blob.MimeType, Uri = blob.Uri },
        ResourceLinkBlock link => new Tools.ContentBlock("resource_link")
        {
            Uri = link.Uri,
            Name = link.Name,
            Title = link.Title,
            Description = link.Description,
            MimeType = link.MimeType,
        },
        _ => Tools.ContentBlock.OfText($"[content of type '{RemoteText.Line(block.Type, 50)}', which this service does not know]"),
    };

    private static string Base64(ReadOnlyMemory<byte> text) => Encoding.ASCII.GetString(text.Span);
}

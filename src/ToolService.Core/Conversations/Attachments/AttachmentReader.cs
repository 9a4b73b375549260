using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Conversations.Attachments;

/// <summary>Reads files that clients send along. What they are is told by what is in them, not by what somebody says they are.</summary>
public sealed class AttachmentReader(GuardedHttp http, IOptions<ConversationOptions> options)
{
    private const int MaxNameLength = 200;
    private const string DataScheme = "data:";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ConversationOptions _options = options.Value;

    /// <summary>How many files a message may have.</summary>
    public int MaxCount => _options.Attachments.MaxCount;

    /// <summary>Reads one, so that a message can carry it.</summary>
    /// <exception cref="ToolException">It cannot be had, or is nothing that models read; the message says what to change.</exception>
    public async Task<AIContent> ReadAsync(AttachmentRequest request, CancellationToken cancellationToken)
    {
        var name = request.Name?.Trim() ?? "";
        // The model reads it between brackets, and must not take a part of it for something else.
        if (name.Length > MaxNameLength || name.Any(c => c is '[' or ']' || char.GetUnicodeCategory(c) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            throw new ToolException($"The name must have at most {MaxNameLength} characters, no brackets, and nothing invisible.");

        var isData = request.Url.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase);
        var (type, bytes) = isData ? Decode(request.Url) : await FetchAsync(request.Url, cancellationToken);
        if (bytes.Length == 0)
            throw new ToolException("The file is empty.");
        if (bytes.Length > _options.Attachments.MaxBytes)
            throw new ToolException(
                $"The file has {bytes.Length:N0} bytes; at most {_options.Attachments.MaxBytes:N0} are accepted (Chat:Attachments:MaxBytes).");

        return ImageType.Of(bytes.Span) is { } image
            ? new Attachment(name, image, bytes.Length).Mark(new DataContent(bytes, image))
            : ReadText(name, type, bytes);
    }

    private AIContent ReadText(string name, string? type, ReadOnlyMemory<byte> bytes)
    {
        if (type?.StartsWith("image/", StringComparison.Ordinal) is true)
            throw new ToolException("The file is no picture of a kind that models read: PNG, JPEG, GIF or WebP.");

        var text = TryDecode(bytes.Span) ?? throw new ToolException(
            "The file is neither text in UTF-8 nor a PNG, JPEG, GIF or WebP picture: models read nothing else.");
        if (text.Length > _options.MaxMessageCharacters)
            throw new ToolException(
                $"The file has {text.Length:N0} characters; at most {_options.MaxMessageCharacters:N0} are accepted (Chat:MaxMessageCharacters).");

        var attachment = new Attachment(name, type ?? "text/plain", bytes.Length);
        return attachment.Mark(new TextContent($"\n\n{attachment.Placeholder}\n{text}\n[End of file]"));
    }

    private async Task<(string? Type, ReadOnlyMemory<byte> Bytes)> FetchAsync(string url, CancellationToken cancellationToken)
    {
        var answer = await http.GetBytesAsync(
            new HttpTextRequest(UrlRules.Parse(url), "*/*"), _options.Attachments.MaxBytes, cancellationToken);
        return (answer.MediaType, answer.Bytes);
    }

    private static (string? Type, ReadOnlyMemory<byte> Bytes) Decode(string url)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        var head = comma < 0 ? "" : url[DataScheme.Length..comma];
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            throw new ToolException("A data URL must be written as data:TYPE;base64,CONTENT, such as data:image/png;base64,iVBORw0….");

        var bytes = new byte[url.Length - comma];
        if (!Convert.TryFromBase64Chars(url.AsSpan(comma + 1), bytes, out var length))
            throw new ToolException("The content of the data URL is not base64.");
        var type = head.Split(';')[0].Trim().ToLowerInvariant();
        return (type.Length == 0 ? null : type, bytes.AsMemory(0, length));
    }

    // A NUL is valid UTF-8, and no text.
    private static string? TryDecode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes.Contains((byte)0) ? null : StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

using System.Text.Json.Serialization;

namespace ToolService.Core.Tools;

/// <summary>A part of a result: text, an image, a sound, a resource or a link to one. The types and their members are MCP's.</summary>
/// <param name="Type"><c>text</c>, <c>image</c>, <c>audio</c>, <c>resource</c> or <c>resource_link</c>.</param>
public sealed record ContentBlock(string Type)
{
    /// <summary>The text of a text block, or of a resource that is text; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The bytes of an image, a sound or a resource that is not text, in base64; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Data { get; init; }

    /// <summary>What the text or the bytes are; null where nobody said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MimeType { get; init; }

    /// <summary>Where a resource is; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Uri { get; init; }

    /// <summary>A linked resource's name; otherwise null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>A linked resource's name for people; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>What a linked resource is; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>A text block.</summary>
    public static ContentBlock OfText(string text) => new("text") { Text = text };

    /// <summary>An image.</summary>
    public static ContentBlock OfImage(ReadOnlySpan<byte> bytes, string mimeType) =>
        new("image") { Data = Convert.ToBase64String(bytes), MimeType = mimeType };
}

namespace ToolService.Api.Chat;

/// <summary>A file that comes with a message.</summary>
public sealed record AttachmentView
{
    /// <summary>
    /// Its content as <c>data:image/png;base64,…</c>, or an http or https address, from which it is fetched once. PNG, JPEG, GIF and WebP
    /// pictures, and text in UTF-8.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>Its name, which the model is told.</summary>
    public string? Name { get; init; }
}

namespace ToolService.Core.Conversations.Attachments;

/// <summary>A file that a client sends along.</summary>
/// <param name="Url">
/// Its content as <c>data:image/png;base64,…</c>, or an http or https address, which is fetched once, by the rules for all addresses.
/// </param>
/// <param name="Name">Its name, which the model is told; null for none.</param>
public sealed record AttachmentRequest(string Url, string? Name = null);

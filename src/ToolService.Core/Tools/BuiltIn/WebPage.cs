namespace ToolService.Core.Tools.BuiltIn;

/// <summary>A page, as far as it is text.</summary>
/// <param name="Url">Where it was found, after redirects.</param>
/// <param name="Title">Its title; null where it has none.</param>
/// <param name="Text">Its readable text: headings with <c>#</c>, list items with <c>-</c>, paragraphs apart.</param>
/// <param name="Links">How many links the page has.</param>
/// <param name="Truncated">Whether text is missing at the end.</param>
internal sealed record WebPage(string Url, string? Title, string Text, int Links, bool Truncated);

namespace ToolService.Core.Schema.Formats;

/// <summary>A kind of string that <c>format</c> names.</summary>
/// <param name="Description">What such a string is, with an example: <c>a date such as 2026-11-21</c>.</param>
/// <param name="Accepts">Whether a string is of this kind; takes time linear in its length, whatever it is.</param>
internal sealed record Format(string Description, FormatTest Accepts);

internal delegate bool FormatTest(ReadOnlySpan<char> text);

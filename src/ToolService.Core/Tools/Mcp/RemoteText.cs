using System.Diagnostics.CodeAnalysis;

namespace ToolService.Core.Tools.Mcp;

/// <summary>Text that a server wrote.</summary>
internal static class RemoteText
{
    /// <summary>The text, cut where it is longer, and without half a character at the cut.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Bound(string? text, int length)
    {
        if (text is null || text.Length <= length)
            return text;

        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return $"{text.AsSpan(0, end)}…";
    }

    /// <summary>The same on one line, without control characters.</summary>
    public static string Line(string text, int length) =>
        Bound(string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)), length).Trim();
}

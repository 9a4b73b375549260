namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Keeps other people's text to a bounded length.</summary>
internal static class Excerpt
{
    /// <summary>
    /// The text, or its beginning and <c>…</c> where it is longer; at most <paramref name="length"/> characters, no surrogate pair cut.
    /// </summary>
    public static string Of(string text, int length)
    {
        if (text.Length <= length)
            return text;

        var end = Math.Max(length - 1, 0);
        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
            end--;
        return string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
    }
}

namespace ToolService.Core;

/// <summary>Where text can be cut without tearing a character in two.</summary>
internal static class TextBorder
{
    /// <summary>The last place at or before this one; it may lie behind the text's end.</summary>
    public static int Before(string text, int place)
    {
        if (place >= text.Length)
            return text.Length;
        return place > 0 && char.IsLowSurrogate(text[place]) && char.IsHighSurrogate(text[place - 1]) ? place - 1 : place;
    }
}

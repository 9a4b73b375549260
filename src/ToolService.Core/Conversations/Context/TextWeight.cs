using System.Text;

namespace ToolService.Core.Conversations.Context;

/// <summary>
/// How many tokens text is likely to have, without any tokenizer: by its scripts, rather too many than too few. What providers count corrects
/// it: <see cref="ContextMeasure"/>.
/// </summary>
internal static class TextWeight
{
    private const char FirstBeyondAscii = '\x80';

    // Up to there, alphabets that tokenizers know less well than English; beyond, mostly a token a sign, or several.
    private const char FirstBeyondAlphabets = '\x900';

    private const double AsciiCharacter = 0.25;
    private const double Letter = 0.45;
    private const double Sign = 1;

    public static double Of(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
            return text.Length * AsciiCharacter;

        int ascii = 0, letters = 0;
        foreach (var c in text)
        {
            if (c < FirstBeyondAscii)
                ascii++;
            else if (c < FirstBeyondAlphabets)
                letters++;
        }

        return (ascii * AsciiCharacter) + (letters * Letter) + ((text.Length - ascii - letters) * Sign);
    }

    /// <summary>The beginning of a text that weighs at most so much.</summary>
    public static string Bound(string text, double weight)
    {
        while (Of(text) is var all && all > weight)
            text = text[..TextBorder.Before(text, Math.Min(text.Length - 1, (int)(text.Length * weight / all)))];
        return text;
    }
}

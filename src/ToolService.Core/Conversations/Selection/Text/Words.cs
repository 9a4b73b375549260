using System.Globalization;
using System.Text;

namespace ToolService.Core.Conversations.Selection.Text;

/// <summary>
/// Splits text in any script into words in lower case: at everything that is no letter or digit, and where the case changes within a name
/// (<c>getUserID</c> is <c>get</c>, <c>user</c>, <c>id</c> and also <c>getuserid</c>). Scripts that put no spaces between words become
/// overlapping pairs of characters. Numbers alone say nothing of a tool and are left out.
/// </summary>
internal static class Words
{
    // A longer one is data, such as an encoded file.
    private const int MaxLength = 64;

    /// <summary>The words of the text in their order, repetitions included.</summary>
    public static List<string> In(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        Rune? previous = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Scripts.IsUnspaced(rune))
            {
                AddWord(words, word);
                if (previous is { } first)
                    words.Add($"{first}{rune}");
                previous = rune;
            }
            else
            {
                // A word of one character has no pair to be found by.
                if (previous is { } single && !EndsWith(words, single))
                    words.Add(single.ToString());
                previous = null;
                if (IsPart(rune, word.Length > 0))
                    Append(word, rune);
                else
                    AddWord(words, word);
            }
        }

        if (previous is { } last && !EndsWith(words, last))
            words.Add(last.ToString());
        AddWord(words, word);
        return words;
    }

    private static bool EndsWith(List<string> words, Rune rune) =>
        words is [.., { } pair] && pair.EndsWith(rune.ToString(), StringComparison.Ordinal);

    private static bool IsPart(Rune rune, bool isWithin) => Rune.IsLetterOrDigit(rune)
        || (isWithin && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static void Append(StringBuilder word, Rune rune)
    {
        // One more than the longest word, to know it as too long.
        if (word.Length <= MaxLength)
            word.Append(rune.ToString());
    }

    private static void AddWord(List<string> words, StringBuilder buffer)
    {
        if (buffer.Length == 0)
            return;

        var word = buffer.ToString();
        buffer.Clear();
        if (word.Length > MaxLength || !word.Any(char.IsLetter))
            return;

        var from = 0;
        for (var at = 1; at < word.Length; at++)
        {
            if (!IsBoundary(word, at))
                continue;
            words.Add(Scripts.Fold(word[from..at]));
            from = at;
        }

        if (from > 0)
            words.Add(Scripts.Fold(word[from..]));
        words.Add(Scripts.Fold(word));
    }

    // userId, and the last capital of HTTPServer.
    private static bool IsBoundary(string word, int at) => char.IsUpper(word[at])
        && (char.IsLower(word[at - 1]) || (char.IsUpper(word[at - 1]) && at + 1 < word.Length && char.IsLower(word[at + 1])));
}

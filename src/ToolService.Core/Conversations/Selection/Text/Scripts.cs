using System.Globalization;
using System.Text;

namespace ToolService.Core.Conversations.Selection.Text;

/// <summary>What has to be known of scripts to compare words in them.</summary>
internal static class Scripts
{
    // The service runs without the platform's Unicode data, where normalization leaves all but ASCII as it is.
    private static readonly string[] Accented =
        ["aàáâãäåāăą", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľŀł", "nñńņňŉ", "oòóôõöøōŏő", "rŕŗř",
         "sśŝşšșſ", "tţťŧț", "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž"];

    private static readonly Dictionary<char, char> Bases =
        Accented.SelectMany(group => group.Skip(1).Select(letter => (letter, group[0]))).ToDictionary();

    /// <summary>Whether the script has no spaces between words, or attaches to them what other languages write apart.</summary>
    public static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        // Thai and Lao, Burmese, Korean letters, Khmer.
        <= 0x0EFF or (>= 0x1000 and <= 0x109F) or (>= 0x1100 and <= 0x11FF) or (>= 0x1780 and <= 0x17FF) => IsLetter(rune),
        // Kana and further Korean letters, Chinese characters, Korean syllables, and what Unicode added of them later.
        (>= 0x3040 and <= 0x31FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0x20000 and <= 0x3FFFF) => IsLetter(rune),
        _ => false,
    };

    /// <summary>The word in lower case, Latin letters without their accents.</summary>
    public static string Fold(string word)
    {
        var lower = word.ToLowerInvariant();
        if (Ascii.IsValid(lower))
            return lower;

        var folded = new StringBuilder(lower.Length);
        foreach (var letter in lower)
        {
            var isAccent = CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;
            if (letter == 'ß')
                folded.Append("ss");
            else if (!isAccent || folded is [] || !char.IsAsciiLetter(folded[^1]))
                folded.Append(Bases.GetValueOrDefault(letter, letter));
        }

        return folded.ToString();
    }

    private static bool IsLetter(Rune rune) => Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

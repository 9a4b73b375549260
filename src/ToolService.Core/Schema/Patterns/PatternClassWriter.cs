using System.Globalization;
using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// Writes a set of code points as a .NET expression. Code points beyond the BMP are two characters there: the ranges become products of
/// classes of high and low surrogates, one for all high ones that go with the same low ones.
/// </summary>
internal static class PatternClassWriter
{
    private const int LastOfAscii = 0x7F;
    private const int LastOfBmp = 0xFFFF;
    private const int FirstHigh = 0xD800;
    private const int FirstLow = 0xDC00;
    private const int LastSurrogate = 0xDFFF;
    private const int LowCount = 0x400;

    /// <summary>One character of the set.</summary>
    public static string Write(CodePointSet set) => Class(set.Ranges);

    /// <summary>One code point of the set, which is not empty; a surrogate only where it stands alone.</summary>
    public static string WritePairs(CodePointSet set)
    {
        List<string> alternatives = [Class([.. set.Clip(0, FirstHigh - 1), .. set.Clip(LastSurrogate + 1, LastOfBmp)]), .. Pairs(set)];
        if (Class(set.Clip(FirstHigh, FirstLow - 1)) is { Length: > 0 } high)
            alternatives.Add($@"{high}(?![\uDC00-\uDFFF])");
        if (Class(set.Clip(FirstLow, LastSurrogate)) is { Length: > 0 } low)
            alternatives.Add($@"(?<![\uD800-\uDBFF]){low}");
        return $"(?:{string.Join('|', alternatives.Where(alternative => alternative.Length > 0))})";
    }

    private static IEnumerable<string> Pairs(CodePointSet set)
    {
        var lowsOfHigh = new SortedDictionary<int, List<(int, int)>>();
        foreach (var (first, last) in set.Clip(LastOfBmp + 1, CodePointSet.Last))
        {
            for (var start = first; start <= last;)
            {
                var (high, low) = ((start - LastOfBmp - 1) / LowCount, (start - LastOfBmp - 1) % LowCount);
                var end = Math.Min(last, start - low + LowCount - 1);
                lowsOfHigh.TryAdd(FirstHigh + high, []);
                lowsOfHigh[FirstHigh + high].Add((FirstLow + low, FirstLow + low + end - start));
                start = end + 1;
            }
        }

        return lowsOfHigh
            .GroupBy(pair => Class(pair.Value), pair => (pair.Key, pair.Key), StringComparer.Ordinal)
            .Select(group => Class(CodePointSet.Of(group).Ranges) + group.Key);
    }

    private static string Class(IEnumerable<(int First, int Last)> ranges)
    {
        var text = new StringBuilder();
        foreach (var (first, last) in ranges)
        {
            Append(text, first);
            if (first != last)
                Append(text.Append('-'), last);
        }

        return text.Length == 0 ? "" : $"[{text}]";
    }

    private static StringBuilder Append(StringBuilder text, int character) =>
        character <= LastOfAscii && char.IsAsciiLetterOrDigit((char)character)
            ? text.Append((char)character)
            : text.Append(CultureInfo.InvariantCulture, $"\\u{character:X4}");
}

using System.Globalization;
using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// What one character class matches: ranges of code points, and .NET categories such as <c>\p{L}</c>, which reach the BMP only.
/// </summary>
internal sealed class CodePointSet
{
    private const int Last = 0x10FFFF;
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;
    private const int LastOfBmp = 0xFFFF;
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly List<(int First, int Last)> _ranges = [];
    private readonly StringBuilder _categories = new();

    public static CodePointSet Digits => new([('0', '9')]);

    public static CodePointSet WordCharacters => new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    public static CodePointSet Spaces => new(
        [(9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
            (0x3000, 0x3000), (0xFEFF, 0xFEFF)]);

    public static CodePointSet LineTerminators => new(['\n', '\r', '\u2028', '\u2029']);

    public CodePointSet()
    {
    }

    private CodePointSet(IEnumerable<(int, int)> ranges) => _ranges.AddRange(ranges);

    private CodePointSet(IEnumerable<char> characters) => _ranges.AddRange(characters.Select(c => ((int)c, (int)c)));

    public void Add(int first, int last) => _ranges.Add((first, last));

    public void Add(CodePointSet other)
    {
        _ranges.AddRange(other._ranges);
        _categories.Append(other._categories);
    }

    /// <summary>Adds a .NET category escape.</summary>
    public void AddCategory(string escape) => _categories.Append(escape);

    /// <summary>Everything else, where there are no categories in the set.</summary>
    public CodePointSet Complement()
    {
        var complement = new CodePointSet();
        var next = 0;
        foreach (var (first, last) in _ranges.Order())
        {
            if (first > next)
                complement.Add(next, first - 1);
            next = Math.Max(next, last + 1);
        }

        if (next <= Last)
            complement.Add(next, Last);
        return complement;
    }

    /// <summary>The .NET expression that matches one code point of the set, or one outside it.</summary>
    public string ToPattern(bool negated)
    {
        if (_categories.Length == 0)
            return (negated ? Complement() : this).Alternatives("", []);
        if (!negated)
            return Alternatives(_categories.ToString(), []);

        var bmp = new StringBuilder(@"[^\uD800-\uDFFF").Append(_categories);
        foreach (var (first, last) in _ranges.Where(range => range.First <= LastOfBmp))
            AppendRange(bmp, first, Math.Min(last, LastOfBmp));
        return $"(?:{bmp}]|{AnyPair})";
    }

    private string Alternatives(string categories, List<string> alternatives)
    {
        var bmp = new StringBuilder(categories);
        foreach (var (first, last) in _ranges)
        {
            if (first < FirstSurrogate)
                AppendRange(bmp, first, Math.Min(last, FirstSurrogate - 1));
            if (last > LastSurrogate && first <= LastOfBmp)
                AppendRange(bmp, Math.Max(first, LastSurrogate + 1), Math.Min(last, LastOfBmp));
            if (last > LastOfBmp)
                AddPairs(alternatives, Math.Max(first, LastOfBmp + 1), last);
        }

        if (bmp.Length > 0)
            alternatives.Insert(0, $"[{bmp}]");
        return alternatives.Count switch
        {
            0 => "(?!)",
            1 when bmp.Length > 0 => alternatives[0],
            _ => $"(?:{string.Join('|', alternatives)})",
        };
    }

    /// <summary>Splits a range beyond the BMP into at most three products of high and low surrogates.</summary>
    private static void AddPairs(List<string> alternatives, int first, int last)
    {
        var (firstHigh, firstLow) = Surrogates(first);
        var (lastHigh, lastLow) = Surrogates(last);
        if (firstHigh == lastHigh)
        {
            alternatives.Add($"{Class(firstHigh, firstHigh)}{Class(firstLow, lastLow)}");
            return;
        }

        if (firstLow != 0xDC00)
            alternatives.Add($"{Class(firstHigh, firstHigh++)}{Class(firstLow, LastSurrogate)}");
        if (lastLow != LastSurrogate)
            alternatives.Add($"{Class(lastHigh, lastHigh--)}{Class(0xDC00, lastLow)}");
        if (firstHigh <= lastHigh)
            alternatives.Add($"{Class(firstHigh, lastHigh)}{Class(0xDC00, LastSurrogate)}");
    }

    private static (int High, int Low) Surrogates(int codePoint) =>
        (0xD800 + ((codePoint - 0x10000) >> 10), 0xDC00 + ((codePoint - 0x10000) & 0x3FF));

    private static string Class(int first, int last) => AppendRange(new StringBuilder("["), first, last).Append(']').ToString();

    private static StringBuilder AppendRange(StringBuilder text, int first, int last)
    {
        text.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}");
        return first == last ? text : text.Append(CultureInfo.InvariantCulture, $"-\\u{last:X4}");
    }
}

using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Schema.Formats;

/// <summary>The code points that a label may have in some places only: RFC 5892, appendix A.</summary>
internal static class IdnaContext
{
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;
    private const int MiddleDot = 0xB7;
    private const int Keraia = 0x375;
    private const int Geresh = 0x5F3;
    private const int Gershayim = 0x5F4;
    private const int KatakanaMiddleDot = 0x30FB;

    private static readonly Lazy<CodePointSet> JapaneseOrHan = new(() => Set("sc=Hiragana").Union(Set("sc=Katakana")).Union(Set("sc=Han")));

    /// <summary>The code points concerned.</summary>
    public static CodePointSet CodePoints { get; } = CodePointSet.Of(
        (NonJoiner, Joiner), (MiddleDot, MiddleDot), (Keraia, Keraia), (Geresh, Gershayim), (KatakanaMiddleDot, KatakanaMiddleDot),
        (0x660, 0x669), (0x6F0, 0x6F9));

    /// <summary>Whether the code point at this index is one of them and in its place.</summary>
    public static bool Allows(ReadOnlySpan<int> label, int index)
    {
        var before = label[..index];
        var after = label[(index + 1)..];
        return label[index] switch
        {
            Joiner => IsAfterVirama(before),
            NonJoiner => IsAfterVirama(before) || BreaksJoin(before, after),
            MiddleDot => before is [.., 'l'] && after is ['l', ..],
            Keraia => !after.IsEmpty && Set("sc=Greek").Contains(after[0]),
            Geresh or Gershayim => !before.IsEmpty && Set("sc=Hebrew").Contains(before[^1]),
            KatakanaMiddleDot => ContainsJapaneseOrHan(label),
            >= 0x660 and <= 0x669 => !label.ContainsAnyInRange(0x6F0, 0x6F9),
            >= 0x6F0 and <= 0x6F9 => !label.ContainsAnyInRange(0x660, 0x669),
            _ => false,
        };
    }

    private static CodePointSet Set(string name) => UnicodeProperties.Get(name);

    private static bool IsAfterVirama(ReadOnlySpan<int> before) => !before.IsEmpty && Set("ccc=9").Contains(before[^1]);

    /// <summary>Whether the letters on both sides, marks left out, would join each other.</summary>
    private static bool BreaksJoin(ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        while (!before.IsEmpty && Set("jt=T").Contains(before[^1]))
            before = before[..^1];
        while (!after.IsEmpty && Set("jt=T").Contains(after[0]))
            after = after[1..];
        return !before.IsEmpty && Set("jt=before").Contains(before[^1]) && !after.IsEmpty && Set("jt=after").Contains(after[0]);
    }

    private static bool ContainsJapaneseOrHan(ReadOnlySpan<int> label)
    {
        foreach (var codePoint in label)
        {
            if (JapaneseOrHan.Value.Contains(codePoint))
                return true;
        }

        return false;
    }
}

using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Schema.Formats;

/// <summary>Whether code points make a U-label: RFC 5891, section 4.2, with the code points of RFC 5892.</summary>
internal static class IdnaLabel
{
    private static readonly Lazy<CodePointSet> Valid = new(FindValid);
    private static readonly Lazy<CodePointSet> Marks = new(() => UnicodeProperties.Find("M")!);

    /// <param name="label">The code points of a label with at least one beyond ASCII.</param>
    public static bool IsValid(ReadOnlySpan<int> label)
    {
        if (label[0] == '-' || label[^1] == '-' || label is [_, _, '-', '-', ..] || Marks.Value.Contains(label[0]))
            return false;
        for (var i = 0; i < label.Length; i++)
        {
            if (!Valid.Value.Contains(label[i]) && !IdnaContext.Allows(label, i))
                return false;
        }

        return true;
    }

    /// <summary>The code points that RFC 5892 derives as PVALID, which need no context.</summary>
    private static CodePointSet FindValid()
    {
        string[] letterDigits = ["Ll", "Lu", "Lo", "Nd", "Lm", "Mn", "Mc"];
        string[] unstableOrIgnorable =
            ["Changes_When_NFKC_Casefolded", "Default_Ignorable_Code_Point", "White_Space", "Noncharacter_Code_Point"];
        var ignorableBlocks = CodePointSet.Of((0x20D0, 0x20FF), (0x1D100, 0x1D1FF), (0x1D200, 0x1D24F));
        var oldHangulJamo = CodePointSet.Of((0x1100, 0x11FF), (0xA960, 0xA97C), (0xD7B0, 0xD7C6), (0xD7CB, 0xD7FB));
        var exceptionsValid = CodePointSet.Of(
            ('-', '-'), ('0', '9'), ('a', 'z'), (0xDF, 0xDF), (0x3C2, 0x3C2), (0x6FD, 0x6FE), (0xF0B, 0xF0B), (0x3007, 0x3007));
        var exceptionsDisallowed = CodePointSet.Of((0x640, 0x640), (0x7FA, 0x7FA), (0x302E, 0x302F), (0x3031, 0x3035), (0x303B, 0x303B));

        var derived = CodePointSet.Of(letterDigits.SelectMany(category => UnicodeProperties.Get($"gc={category}").Ranges));
        var refused = CodePointSet.Of(unstableOrIgnorable.SelectMany(property => UnicodeProperties.Get(property).Ranges));
        return derived
            .Except(refused).Except(ignorableBlocks).Except(oldHangulJamo).Except(exceptionsDisallowed).Except(IdnaContext.CodePoints)
            .Union(exceptionsValid);
    }
}

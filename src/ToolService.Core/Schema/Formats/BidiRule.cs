using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Schema.Formats;

/// <summary>RFC 5893, section 2: what keeps a name with right-to-left labels in one order on the screen.</summary>
internal static class BidiRule
{
    private enum Direction
    {
        LeftToRight,
        RightToLeft,
        ArabicNumber,
        EuropeanNumber,
        Mark,
        Neutral,
    }

    /// <summary>Whether the label makes its name one that the rule is about.</summary>
    public static bool IsRightToLeft(ReadOnlySpan<int> label)
    {
        foreach (var codePoint in label)
        {
            if (DirectionOf(codePoint) is Direction.RightToLeft or Direction.ArabicNumber)
                return true;
        }

        return false;
    }

    /// <summary>Whether the label obeys the rule.</summary>
    public static bool Allows(ReadOnlySpan<int> label)
    {
        var first = DirectionOf(label[0]);
        if (first is not (Direction.LeftToRight or Direction.RightToLeft))
            return false;

        var (hasArabic, hasEuropean, last) = (false, false, first);
        foreach (var codePoint in label)
        {
            var direction = DirectionOf(codePoint);
            if (direction is Direction.LeftToRight or Direction.RightToLeft && direction != first)
                return false;
            hasArabic |= direction == Direction.ArabicNumber;
            hasEuropean |= direction == Direction.EuropeanNumber;
            last = direction == Direction.Mark ? last : direction;
        }

        return last != Direction.Neutral && !(hasArabic && (hasEuropean || first == Direction.LeftToRight));
    }

    private static Direction DirectionOf(int codePoint) => codePoint switch
    {
        >= 'a' and <= 'z' => Direction.LeftToRight,
        >= '0' and <= '9' => Direction.EuropeanNumber,
        _ when Is("bc=R", codePoint) || Is("bc=AL", codePoint) => Direction.RightToLeft,
        _ when Is("bc=AN", codePoint) => Direction.ArabicNumber,
        _ when Is("bc=EN", codePoint) => Direction.EuropeanNumber,
        _ when Is("bc=NSM", codePoint) => Direction.Mark,
        _ when Is("bc=neutral", codePoint) => Direction.Neutral,
        _ => Direction.LeftToRight,
    };

    private static bool Is(string name, int codePoint) => UnicodeProperties.Get(name).Contains(codePoint);
}

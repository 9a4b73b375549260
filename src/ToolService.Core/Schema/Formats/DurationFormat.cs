namespace ToolService.Core.Schema.Formats;

/// <summary>The durations of RFC 3339, appendix A: whole numbers, units in order and without a gap, weeks alone.</summary>
internal static class DurationFormat
{
    public static bool IsDuration(ReadOnlySpan<char> text)
    {
        var scanner = new TextScanner(text);
        if (!scanner.TrySkip('P'))
            return false;
        if (scanner.Peek() == 'T')
            return IsTime(ref scanner);

        return ReadUnits(ref scanner, "YMD", out var last) && (scanner.AtEnd || IsTime(ref scanner))
            || last == 'W' && scanner.AtEnd;
    }

    private static bool IsTime(ref TextScanner scanner) => scanner.TrySkip('T') && ReadUnits(ref scanner, "HMS", out _) && scanner.AtEnd;

    /// <summary>Reads numbers with units, each the one after the last; false at a unit that does not fit.</summary>
    private static bool ReadUnits(ref TextScanner scanner, string units, out char unit)
    {
        unit = '\0';
        var last = -1;
        while (scanner.SkipDigits() > 0)
        {
            unit = scanner.Peek();
            if (unit == 'W' && last < 0)
            {
                scanner.TrySkip(unit);
                return false;
            }

            var index = units.IndexOf(unit, StringComparison.Ordinal);
            if (index < 0 || last >= 0 && index != last + 1)
            {
                unit = '\0';
                return false;
            }

            scanner.TrySkip(unit);
            last = index;
        }

        return last >= 0;
    }
}

namespace ToolService.Core.Schema.Formats;

/// <summary>RFC 3339, section 5.6.</summary>
internal static class DateTimeFormats
{
    private const int MinutesPerDay = 24 * 60;

    public static bool IsDate(ReadOnlySpan<char> text)
    {
        var scanner = new TextScanner(text);
        return ReadDate(ref scanner) && scanner.AtEnd;
    }

    public static bool IsTime(ReadOnlySpan<char> text)
    {
        var scanner = new TextScanner(text);
        return ReadTime(ref scanner) && scanner.AtEnd;
    }

    public static bool IsDateTime(ReadOnlySpan<char> text)
    {
        var scanner = new TextScanner(text);
        return ReadDate(ref scanner) && (scanner.TrySkip('T') || scanner.TrySkip('t')) && ReadTime(ref scanner) && scanner.AtEnd;
    }

    private static bool ReadDate(ref TextScanner scanner) =>
        scanner.TryReadNumber(4, 0, 9999, out var year) && scanner.TrySkip('-')
        && scanner.TryReadNumber(2, 1, 12, out var month) && scanner.TrySkip('-')
        && scanner.TryReadNumber(2, 1, DaysInMonth(year, month), out _);

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static bool ReadTime(ref TextScanner scanner)
    {
        var hasTime = scanner.TryReadNumber(2, 0, 23, out var hour) & scanner.TrySkip(':')
            & scanner.TryReadNumber(2, 0, 59, out var minute) & scanner.TrySkip(':')
            & scanner.TryReadNumber(2, 0, 60, out var second);
        if (!hasTime || scanner.TrySkip('.') && scanner.SkipDigits() == 0 || !ReadOffset(ref scanner, out var offset))
            return false;

        // A leap second is the last one of a day in UTC.
        return second < 60 || (hour * 60 + minute - offset + MinutesPerDay) % MinutesPerDay == MinutesPerDay - 1;
    }

    private static bool ReadOffset(ref TextScanner scanner, out int minutes)
    {
        minutes = 0;
        if (scanner.TrySkip('Z') || scanner.TrySkip('z'))
            return true;
        var isNegative = scanner.Peek() == '-';
        if (!scanner.TrySkip('-') && !scanner.TrySkip('+'))
            return false;
        var isNumeric = scanner.TryReadNumber(2, 0, 23, out var hour) & scanner.TrySkip(':')
            & scanner.TryReadNumber(2, 0, 59, out var minute);
        minutes = (hour * 60 + minute) * (isNegative ? -1 : 1);
        return isNumeric;
    }
}

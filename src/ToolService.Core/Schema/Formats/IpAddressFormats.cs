namespace ToolService.Core.Schema.Formats;

/// <summary>IPv4 as in RFC 2673 and RFC 3986, IPv6 as in RFC 4291, section 2.2.</summary>
internal static class IpAddressFormats
{
    private const int MaxLength = 45;
    private const int Groups = 8;

    /// <param name="text">The text.</param>
    /// <param name="leadingZeros">Whether <c>010</c> is ten, as RFC 2673 has it, or not allowed.</param>
    public static bool IsV4(ReadOnlySpan<char> text, bool leadingZeros)
    {
        var scanner = new TextScanner(text);
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && !scanner.TrySkip('.'))
                return false;
            var digits = scanner.Rest;
            var length = scanner.SkipDigits();
            if (length is 0 or > 3 || !leadingZeros && length > 1 && digits[0] == '0' || Value(digits[..length]) > 255)
                return false;
        }

        return scanner.AtEnd;
    }

    /// <param name="text">The text.</param>
    /// <param name="leastOmitted">How many groups "::" stands for at least; two in RFC 5321.</param>
    public static bool IsV6(ReadOnlySpan<char> text, int leastOmitted = 1)
    {
        if (text.Length is < 2 or > MaxLength)
            return false;
        var omission = text.IndexOf("::");
        if (omission < 0)
            return CountGroups(text) == Groups;

        var after = text[(omission + 2)..];
        var left = omission == 0 ? 0 : CountGroups(text[..omission], mayEndWithV4: false);
        var right = after.IsEmpty ? 0 : CountGroups(after);
        return left >= 0 && right >= 0 && left + right <= Groups - leastOmitted;
    }

    private static int Value(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
            value = value * 10 + digit - '0';
        return value;
    }

    /// <summary>How many groups of hexadecimal digits there are, an IPv4 address at the end being two; -1 for anything else.</summary>
    private static int CountGroups(ReadOnlySpan<char> text, bool mayEndWithV4 = true)
    {
        var count = 0;
        while (true)
        {
            var length = text.IndexOfAnyExcept(UriCharacters.HexDigits);
            if (length < 0)
                return text.Length is > 0 and <= 4 ? count + 1 : -1;
            if (text[length] == '.')
                return mayEndWithV4 && IsV4(text, leadingZeros: false) ? count + 2 : -1;
            if (text[length] != ':' || length is 0 or > 4)
                return -1;
            count++;
            text = text[(length + 1)..];
        }
    }
}

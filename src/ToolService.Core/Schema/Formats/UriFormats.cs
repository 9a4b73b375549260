namespace ToolService.Core.Schema.Formats;

/// <summary>RFC 3986, and RFC 3987 where international.</summary>
internal static class UriFormats
{
    public static bool IsAbsolute(ReadOnlySpan<char> text, bool international)
    {
        var scanner = new TextScanner(text);
        return TryReadScheme(ref scanner) && IsRemainder(ref scanner, international);
    }

    public static bool IsReference(ReadOnlySpan<char> text, bool international)
    {
        var scanner = new TextScanner(text);
        if (TryReadScheme(ref scanner))
            return IsRemainder(ref scanner, international);

        // The first segment of a relative path has no colon, which would make it look like a scheme.
        var segment = text.IndexOfAny("/?#");
        return !(segment < 0 ? text : text[..segment]).Contains(':') && IsRemainder(ref scanner, international);
    }

    private static bool TryReadScheme(ref TextScanner scanner)
    {
        var start = scanner;
        if (char.IsAsciiLetter(scanner.Peek()) && scanner.SkipAll(UriCharacters.Scheme) > 0 && scanner.TrySkip(':'))
            return true;
        scanner = start;
        return false;
    }

    /// <summary>Everything after the scheme.</summary>
    private static bool IsRemainder(ref TextScanner scanner, bool international)
    {
        if (scanner.Rest.StartsWith("//"))
        {
            scanner.Skip(2);
            if (!ReadAuthority(ref scanner, international) || scanner.Peek() != '/' && !scanner.AtEnd && scanner.Peek() is not ('?' or '#'))
                return false;
        }

        UriCharacters.Skip(ref scanner, UriCharacters.Path, international);
        if (scanner.TrySkip('?'))
            UriCharacters.Skip(ref scanner, UriCharacters.QueryOrFragment, international, mayBePrivate: true);
        if (scanner.TrySkip('#'))
            UriCharacters.Skip(ref scanner, UriCharacters.QueryOrFragment, international);
        return scanner.AtEnd;
    }

    private static bool ReadAuthority(ref TextScanner scanner, bool international)
    {
        var start = scanner;
        UriCharacters.Skip(ref scanner, UriCharacters.UserInfo, international);
        if (!scanner.TrySkip('@'))
            scanner = start;

        if (!ReadHost(ref scanner, international))
            return false;
        if (scanner.TrySkip(':'))
            scanner.SkipDigits();
        return true;
    }

    /// <summary>A literal address or a registered name, which may be empty and includes what looks like an IPv4 address.</summary>
    private static bool ReadHost(ref TextScanner scanner, bool international)
    {
        if (!scanner.TrySkip('['))
        {
            UriCharacters.Skip(ref scanner, UriCharacters.RegisteredName, international);
            return true;
        }

        var length = scanner.Rest.IndexOf(']');
        if (length < 0)
            return false;
        var address = scanner.Rest[..length];
        scanner.Skip(length + 1);
        return IpAddressFormats.IsV6(address) || IsFutureAddress(address);
    }

    private static bool IsFutureAddress(ReadOnlySpan<char> address)
    {
        var scanner = new TextScanner(address);
        return (scanner.TrySkip('v') || scanner.TrySkip('V'))
            && scanner.SkipAll(UriCharacters.HexDigits) > 0 && scanner.TrySkip('.')
            && scanner.SkipAll(UriCharacters.UserInfo) > 0 && scanner.AtEnd;
    }
}

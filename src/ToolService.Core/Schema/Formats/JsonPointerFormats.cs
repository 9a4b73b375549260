namespace ToolService.Core.Schema.Formats;

/// <summary>RFC 6901, and the drafts about relative pointers.</summary>
internal static class JsonPointerFormats
{
    public static bool IsPointer(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return true;
        if (text[0] != '/')
            return false;
        for (var rest = text; rest.IndexOf('~') is var tilde and >= 0; rest = rest[(tilde + 2)..])
        {
            if (tilde + 1 == rest.Length || rest[tilde + 1] is not ('0' or '1'))
                return false;
        }

        return true;
    }

    /// <param name="text">The text.</param>
    /// <param name="mayMove">Whether the number may be followed by steps in an array, <c>0-1</c>, which draft 2020-12 has added.</param>
    public static bool IsRelative(ReadOnlySpan<char> text, bool mayMove)
    {
        var scanner = new TextScanner(text);
        if (!ReadNumber(ref scanner))
            return false;
        if (mayMove && scanner.Peek() is '+' or '-')
        {
            scanner.TrySkip(scanner.Peek());
            if (scanner.Peek() == '0' || !ReadNumber(ref scanner))
                return false;
        }

        return scanner.Rest is "#" || IsPointer(scanner.Rest);
    }

    private static bool ReadNumber(ref TextScanner scanner) =>
        scanner.TrySkip('0') ? !char.IsAsciiDigit(scanner.Peek()) : scanner.SkipDigits() > 0;
}

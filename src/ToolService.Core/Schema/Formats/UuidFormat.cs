namespace ToolService.Core.Schema.Formats;

/// <summary>RFC 4122, any version and variant.</summary>
internal static class UuidFormat
{
    private const int Length = 36;

    public static bool IsUuid(ReadOnlySpan<char> text)
    {
        if (text.Length != Length)
            return false;
        for (var i = 0; i < Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
                return false;
        }

        return true;
    }
}

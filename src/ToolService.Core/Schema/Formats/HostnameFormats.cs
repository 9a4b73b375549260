using System.Buffers;

namespace ToolService.Core.Schema.Formats;

/// <summary>
/// Host names of RFC 1123, with labels of RFC 5890 in ASCII (A-labels) and, where international, as they are read (U-labels).
/// </summary>
internal static class HostnameFormats
{
    private const int MaxLength = 253;
    private const string Dots = ".\u3002\uFF0E\uFF61";

    /// <summary>The characters of ASCII labels.</summary>
    private static readonly SearchValues<char> LetterDigitHyphen =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");

    public static bool IsHostname(ReadOnlySpan<char> text) =>
        IsAsciiDomain(text)
        && (!text.Contains("xn--", StringComparison.OrdinalIgnoreCase) || IsInternational(text, ".", reservesHyphens: false));

    public static bool IsInternationalHostname(ReadOnlySpan<char> text) => IsInternational(text, Dots, reservesHyphens: true);

    /// <summary>A domain as in RFC 6531, with full stops only.</summary>
    public static bool IsInternationalDomain(ReadOnlySpan<char> text) => IsInternational(text, ".", reservesHyphens: false);

    /// <summary>A domain of letters, digits and hyphens, whatever its labels mean.</summary>
    public static bool IsAsciiDomain(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
            return false;
        foreach (var label in text.Split('.'))
        {
            if (!IsAsciiLabel(text[label]))
                return false;
        }

        return true;
    }

    public static bool IsAsciiLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= HostnameLabel.MaxLength && label[0] != '-' && label[^1] != '-'
        && !label.ContainsAnyExcept(LetterDigitHyphen);

    private static bool IsInternational(ReadOnlySpan<char> text, string dots, bool reservesHyphens)
    {
        // Each character takes at least one in ASCII, but those beyond the BMP, which are two characters here.
        if (text.Length > 2 * MaxLength)
            return false;

        Span<int> codePoints = stackalloc int[HostnameLabel.MaxLength];
        var (length, isRightToLeft) = (-1, false);
        foreach (var range in text.SplitAny(dots))
        {
            if (!HostnameLabel.TryRead(text[range], reservesHyphens, codePoints, out var count, out var asciiLength))
                return false;
            length += asciiLength + 1;
            isRightToLeft |= BidiRule.IsRightToLeft(codePoints[..count]);
        }

        return length <= MaxLength && (!isRightToLeft || ObeysBidiRule(text, dots, codePoints));
    }

    private static bool ObeysBidiRule(ReadOnlySpan<char> text, string dots, Span<int> codePoints)
    {
        foreach (var range in text.SplitAny(dots))
        {
            HostnameLabel.TryRead(text[range], reservesHyphens: false, codePoints, out var count, out _);
            if (!BidiRule.Allows(codePoints[..count]))
                return false;
        }

        return true;
    }
}

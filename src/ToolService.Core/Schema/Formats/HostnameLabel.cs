using System.Text;

namespace ToolService.Core.Schema.Formats;

/// <summary>Reads one label of a host name as the code points that it stands for.</summary>
internal static class HostnameLabel
{
    /// <summary>How many characters a label may have in ASCII.</summary>
    public const int MaxLength = 63;

    private const string Prefix = "xn--";

    /// <param name="label">The label, in ASCII or not.</param>
    /// <param name="reservesHyphens">Whether hyphens in third and fourth place are for A-labels alone.</param>
    /// <param name="codePoints">Room for the code points, letters of ASCII in lower case.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="asciiLength">The label's length in ASCII.</param>
    /// <returns>Whether it is a valid label.</returns>
    public static bool TryRead(ReadOnlySpan<char> label, bool reservesHyphens, Span<int> codePoints, out int count, out int asciiLength)
    {
        (count, asciiLength) = (0, label.Length);
        if (!Ascii.IsValid(label))
            return TryReadUnicode(label, codePoints, out count, out asciiLength);
        if (!HostnameFormats.IsAsciiLabel(label))
            return false;

        Span<char> lower = stackalloc char[label.Length];
        label.ToLowerInvariant(lower);
        if (lower.StartsWith(Prefix))
            return TryReadEncoded(lower[Prefix.Length..], codePoints, out count);
        foreach (var character in lower)
            codePoints[count++] = character;
        return !reservesHyphens || lower is not [_, _, '-', '-', ..];
    }

    /// <summary>Decodes an A-label, which must be what its code points are encoded as.</summary>
    private static bool TryReadEncoded(ReadOnlySpan<char> encoded, Span<int> codePoints, out int count)
    {
        count = Punycode.Decode(encoded, codePoints);
        if (count <= 0 || !codePoints[..count].ContainsAnyExceptInRange(0, 0x7F) || !IdnaLabel.IsValid(codePoints[..count]))
            return false;
        Span<char> again = stackalloc char[MaxLength];
        var length = Punycode.Encode(codePoints[..count], again);
        return length >= 0 && encoded.SequenceEqual(again[..length]);
    }

    private static bool TryReadUnicode(ReadOnlySpan<char> label, Span<int> codePoints, out int count, out int asciiLength)
    {
        (count, asciiLength) = (0, 0);
        while (!label.IsEmpty)
        {
            if (count == MaxLength || Rune.DecodeFromUtf16(label, out var rune, out var length) != System.Buffers.OperationStatus.Done)
                return false;
            codePoints[count++] = rune.Value;
            label = label[length..];
        }

        Span<char> encoded = stackalloc char[MaxLength - Prefix.Length];
        var encodedLength = IdnaLabel.IsValid(codePoints[..count]) ? Punycode.Encode(codePoints[..count], encoded) : -1;
        asciiLength = Prefix.Length + encodedLength;
        return encodedLength >= 0;
    }
}

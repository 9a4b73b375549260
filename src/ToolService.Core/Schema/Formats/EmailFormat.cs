using System.Buffers;
using System.Text;

namespace ToolService.Core.Schema.Formats;

/// <summary>A mailbox of RFC 5321, section 4.1.2, and, where international, of RFC 6531.</summary>
internal static class EmailFormat
{
    private const int MaxLocalOctets = 64;
    private const string IPv6Tag = "IPv6:";

    /// <summary>What a local part may have without quotes, besides dots.</summary>
    private static readonly SearchValues<char> AtomCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-/=?^_`{|}~");

    public static bool IsMailbox(ReadOnlySpan<char> text, bool international)
    {
        var scanner = new TextScanner(text);
        var hasLocalPart = scanner.TrySkip('"') ? SkipQuoted(ref scanner, international) : SkipAtoms(ref scanner, international);
        var local = text[..^scanner.Rest.Length];
        return hasLocalPart && scanner.TrySkip('@')
            && local.Length <= MaxLocalOctets && Encoding.UTF8.GetByteCount(local) <= MaxLocalOctets
            && IsDomain(scanner.Rest, international);
    }

    private static bool SkipAtoms(ref TextScanner scanner, bool international)
    {
        do
        {
            var length = scanner.Rest.Length;
            do
                scanner.SkipAll(AtomCharacters);
            while (international && TrySkipNonAscii(ref scanner));
            if (scanner.Rest.Length == length)
                return false;
        }
        while (scanner.TrySkip('.'));
        return true;
    }

    /// <summary>Takes the rest of a quoted string, in which a backslash may stand before any printable character.</summary>
    private static bool SkipQuoted(ref TextScanner scanner, bool international)
    {
        while (!scanner.TrySkip('"'))
        {
            var isEscaped = scanner.TrySkip('\\');
            if (scanner.Peek() is >= ' ' and <= '~')
                scanner.Skip(1);
            else if (isEscaped || !international || !TrySkipNonAscii(ref scanner))
                return false;
        }

        return true;
    }

    private static bool TrySkipNonAscii(ref TextScanner scanner)
    {
        if (scanner.Peek() < 0x80 || Rune.DecodeFromUtf16(scanner.Rest, out _, out var length) != OperationStatus.Done)
            return false;
        scanner.Skip(length);
        return true;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain, bool international)
    {
        if (domain is not ['[', .. var literal, ']'])
            return international ? HostnameFormats.IsInternationalDomain(domain) : HostnameFormats.IsAsciiDomain(domain);
        return literal.StartsWith(IPv6Tag, StringComparison.OrdinalIgnoreCase)
            ? IpAddressFormats.IsV6(literal[IPv6Tag.Length..], leastOmitted: 2)
            : IpAddressFormats.IsV4(literal, leadingZeros: true);
    }
}

using System.Buffers;

namespace ToolService.Core.Schema.Formats;

/// <summary>The character sets of RFC 3986, RFC 3987 and RFC 6570.</summary>
internal static class UriCharacters
{
    private const string Alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Unreserved = Alphanumeric + "-._~";
    private const string SubDelims = "!$&'()*+,;=";

    public static SearchValues<char> HexDigits { get; } = SearchValues.Create("0123456789ABCDEFabcdef");

    public static SearchValues<char> Scheme { get; } = SearchValues.Create(Alphanumeric + "+-.");

    public static SearchValues<char> UserInfo { get; } = SearchValues.Create(Unreserved + SubDelims + ":");

    public static SearchValues<char> RegisteredName { get; } = SearchValues.Create(Unreserved + SubDelims);

    public static SearchValues<char> Path { get; } = SearchValues.Create(Unreserved + SubDelims + ":@/");

    public static SearchValues<char> QueryOrFragment { get; } = SearchValues.Create(Unreserved + SubDelims + ":@/?");

    /// <summary>What may stand in a template outside braces; the apostrophe is there by erratum 6937.</summary>
    public static SearchValues<char> TemplateLiteral { get; } = SearchValues.Create(Unreserved + SubDelims + ":/?#[]@");

    public static SearchValues<char> VariableName { get; } = SearchValues.Create(Alphanumeric + "_");

    /// <summary>
    /// Takes characters of the set, percent-encoded ones, and those beyond ASCII that RFC 3987 allows; stops before anything else.
    /// </summary>
    public static void Skip(ref TextScanner scanner, SearchValues<char> allowed, bool international, bool mayBePrivate = false)
    {
        do
            scanner.SkipAll(allowed);
        while (TrySkipEncoded(ref scanner) || international && TrySkipInternational(ref scanner, mayBePrivate));
    }

    /// <summary>Takes <c>%41</c>.</summary>
    public static bool TrySkipEncoded(ref TextScanner scanner)
    {
        if (scanner.Rest is not ['%', var high, var low, ..] || !char.IsAsciiHexDigit(high) || !char.IsAsciiHexDigit(low))
            return false;
        scanner.Skip(3);
        return true;
    }

    private static bool TrySkipInternational(ref TextScanner scanner, bool mayBePrivate)
    {
        if (scanner.Rest is not [> '\u009F' and var first, .. var rest])
            return false;
        var isPair = !rest.IsEmpty && char.IsSurrogatePair(first, rest[0]);
        var codePoint = isPair ? char.ConvertToUtf32(first, rest[0]) : first;
        if (!IsUniversal(codePoint) && !(mayBePrivate && IsPrivate(codePoint)))
            return false;
        scanner.Skip(isPair ? 2 : 1);
        return true;
    }

    /// <summary>
    /// RFC 3987's <c>ucschar</c>: no surrogates, private characters, noncharacters, nor specials, and, by its section 4.1, no marks that
    /// set the direction of text.
    /// </summary>
    private static bool IsUniversal(int codePoint) => codePoint switch
    {
        0x200E or 0x200F or (>= 0x202A and <= 0x202E) => false,
        <= 0xFFFF => codePoint is <= 0xD7FF or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFEF),
        <= 0xEFFFF => (codePoint & 0xFFFF) <= 0xFFFD && codePoint is < 0xE0000 or >= 0xE1000,
        _ => false,
    };

    private static bool IsPrivate(int codePoint) =>
        codePoint is (>= 0xE000 and <= 0xF8FF) or (>= 0xF0000 and <= 0xFFFFD) or (>= 0x100000 and <= 0x10FFFD);
}

using System.Buffers;
using System.Text;

namespace ToolService.Core.Storage;

/// <summary>
/// Text that both databases can keep. PostgreSQL refuses NUL, and half a surrogate pair has no UTF-8: each becomes U+FFFD, so that
/// a hostile tool name is recorded rather than lost with an error.
/// </summary>
internal static class StoredText
{
    private const char Replacement = '\uFFFD';

    // Surrogates that pair up are fine; finding any is what makes a closer look worthwhile.
    private static readonly SearchValues<char> Suspects =
        SearchValues.Create([.. Enumerable.Range('\uD800', 0x800).Select(code => (char)code), '\0']);

    public static string Of(string text) => text.AsSpan().ContainsAny(Suspects) ? Replace(text) : text;

    private static string Replace(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(rune.Value == 0 ? Replacement.ToString() : rune.ToString());
        return result.ToString();
    }
}

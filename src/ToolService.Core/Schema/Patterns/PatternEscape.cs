using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>Reads what follows a backslash, in and outside classes.</summary>
internal static class PatternEscape
{
    private const string SyntaxCharacters = "^$\\.*+?()[]{}|/";

    /// <summary>Reads <c>d D w W s S p{…} P{…}</c>; leaves anything else where it is.</summary>
    public static bool TryReadSet(PatternReader reader, [NotNullWhen(true)] out CodePointSet? set)
    {
        set = null;
        if (reader.Peek() is not ('d' or 'D' or 'w' or 'W' or 's' or 'S' or 'p' or 'P'))
            return false;

        var kind = (char)reader.Next();
        set = char.ToLowerInvariant(kind) switch
        {
            'd' => CodePointSet.Digits,
            'w' => CodePointSet.WordCharacters,
            's' => CodePointSet.Spaces,
            _ => ReadProperty(reader),
        };
        if (char.IsAsciiLetterUpper(kind))
            set = set.Complement();
        return true;
    }

    /// <summary>Reads an escape that stands for one code point.</summary>
    /// <param name="reader">Stands after the backslash.</param>
    /// <param name="lenient">Whether any punctuation may be escaped, as without the <c>u</c> flag.</param>
    /// <param name="inClass">Whether a hyphen may be escaped.</param>
    public static int ReadCodePoint(PatternReader reader, bool lenient, bool inClass)
    {
        var escape = reader.Next();
        return escape switch
        {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            '0' when !char.IsAsciiDigit(reader.Peek()) => 0,
            'x' => reader.ReadHex(2),
            'u' => ReadUnicode(reader),
            'c' when char.IsAsciiLetter(reader.Peek()) => reader.Next() % 32,
            '-' when inClass => escape,
            < 128 when SyntaxCharacters.Contains((char)escape, StringComparison.Ordinal) => escape,
            _ when lenient && !(escape < 128 && char.IsAsciiLetterOrDigit((char)escape)) => escape,
            _ => throw new PatternSyntaxException($"'\\{Show(escape)}' is not an escape of ECMA-262"),
        };
    }

    /// <summary>Reads what follows <c>\u</c>.</summary>
    public static int ReadUnicode(PatternReader reader)
    {
        if (reader.TrySkip("{"))
        {
            var digits = reader.ReadUntil('}');
            return digits.All(char.IsAsciiHexDigit)
                && digits.TrimStart('0') is { Length: <= 6 } significant
                && Convert.ToInt32($"0{significant}", 16) is var codePoint and <= CodePointSet.Last
                ? codePoint
                : throw new PatternSyntaxException($"'\\u{{{digits}}}' is not a code point");
        }

        var unit = (char)reader.ReadHex(4);
        return char.IsHighSurrogate(unit) && reader.TryReadLowSurrogate(out var low) ? char.ConvertToUtf32(unit, low) : unit;
    }

    private static CodePointSet ReadProperty(PatternReader reader)
    {
        if (!reader.TrySkip("{"))
            throw new PatternSyntaxException("'\\p' needs a property, as in '\\p{L}'");
        var property = reader.ReadUntil('}');
        return UnicodeProperties.Find(property)
            ?? throw new PatternSyntaxException(
                $"'\\p{{{property}}}' is not a property of ECMA-262, as '\\p{{Letter}}' and '\\p{{Script=Greek}}' are");
    }

    private static string Show(int codePoint) => Rune.IsValid(codePoint) ? new Rune(codePoint).ToString() : Rune.ReplacementChar.ToString();
}

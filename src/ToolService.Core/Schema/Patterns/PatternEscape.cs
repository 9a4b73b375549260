using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ToolService.Core.Schema.Patterns;

/// <summary>Reads what follows a backslash, in and outside classes.</summary>
internal static class PatternEscape
{
    private const int LastCodePoint = 0x10FFFF;

    /// <summary>Reads <c>d D w W s S p{…} P{…}</c>; leaves anything else where it is.</summary>
    public static bool TryReadSet(PatternReader reader, [NotNullWhen(true)] out CodePointSet? set)
    {
        set = reader.Peek() switch
        {
            'd' => CodePointSet.Digits,
            'D' => CodePointSet.Digits.Complement(),
            'w' => CodePointSet.WordCharacters,
            'W' => CodePointSet.WordCharacters.Complement(),
            's' => CodePointSet.Spaces,
            'S' => CodePointSet.Spaces.Complement(),
            'p' or 'P' => new CodePointSet(),
            _ => null,
        };
        if (set is null)
            return false;

        var kind = (char)reader.Next();
        if (kind is 'p' or 'P')
            set.AddCategory(UnicodeCategories.ToDotNet(ReadProperty(reader), negated: kind == 'P'));
        return true;
    }

    /// <summary>Reads an escape that stands for one code point.</summary>
    public static int ReadCodePoint(PatternReader reader)
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
            < 128 when char.IsAsciiLetterOrDigit((char)escape) =>
                throw new PatternSyntaxException($"'\\{(char)escape}' is not an escape of ECMA-262"),
            _ => escape,
        };
    }

    private static string ReadProperty(PatternReader reader) =>
        reader.TrySkip("{") ? reader.ReadName('}') : throw new PatternSyntaxException("'\\p' needs a category, as in '\\p{L}'");

    private static int ReadUnicode(PatternReader reader)
    {
        if (reader.TrySkip("{"))
        {
            var name = reader.ReadName('}');
            return int.TryParse(name, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var codePoint)
                && codePoint is >= 0 and <= LastCodePoint
                ? codePoint
                : throw new PatternSyntaxException($"'\\u{{{name}}}' is not a code point");
        }

        var unit = (char)reader.ReadHex(4);
        if (!char.IsHighSurrogate(unit) || !reader.TrySkip("\\u"))
            return unit;
        var low = (char)reader.ReadHex(4);
        return char.IsLowSurrogate(low) ? char.ConvertToUtf32(unit, low)
            : throw new PatternSyntaxException("a low surrogate must follow a high one");
    }
}

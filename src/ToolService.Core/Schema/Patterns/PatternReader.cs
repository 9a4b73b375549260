using System.Buffers;
using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>Reads an expression by code points.</summary>
internal sealed class PatternReader(string pattern)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private int _position;

    public bool AtEnd => _position >= pattern.Length;

    /// <summary>The next character without taking it; NUL at the end.</summary>
    public char Peek() => AtEnd ? '\0' : pattern[_position];

    public int Next()
    {
        var isPair = _position + 1 < pattern.Length && char.IsSurrogatePair(pattern[_position], pattern[_position + 1]);
        var codePoint = isPair ? char.ConvertToUtf32(pattern[_position], pattern[_position + 1]) : pattern[_position];
        _position += isPair ? 2 : 1;
        return codePoint;
    }

    public bool IsNext(string text) => string.CompareOrdinal(pattern, _position, text, 0, text.Length) == 0;

    /// <summary>Takes the text where it comes next.</summary>
    public bool TrySkip(string text)
    {
        if (!IsNext(text))
            return false;
        _position += text.Length;
        return true;
    }

    /// <summary>Takes everything up to the end mark, and the mark.</summary>
    public string ReadUntil(char end)
    {
        var length = pattern.AsSpan(_position).IndexOf(end);
        if (length <= 0)
            throw new PatternSyntaxException($"a name that ends with '{end}' is missing");
        var text = pattern.Substring(_position, length);
        _position += length + 1;
        return text;
    }

    /// <summary>Takes a group's name, an identifier, and the '>' after it.</summary>
    public string ReadGroupName()
    {
        var name = new StringBuilder();
        while (!TrySkip(">"))
        {
            if (AtEnd)
                throw new PatternSyntaxException("a group's name lacks its '>'");
            var codePoint = TrySkip("\\u") ? PatternEscape.ReadUnicode(this) : Next();
            var isAllowed = codePoint is '$' or '_' || UnicodeProperties.Get("ID_Start").Contains(codePoint)
                || name.Length > 0 && (codePoint is 0x200C or 0x200D || UnicodeProperties.Get("ID_Continue").Contains(codePoint));
            if (!isAllowed)
                throw new PatternSyntaxException("a group's name must consist of letters, digits, '$' and '_', and not start with a digit");
            name.Append(char.ConvertFromUtf32(codePoint));
        }

        return name.Length > 0 ? name.ToString() : throw new PatternSyntaxException("a group's name is empty");
    }

    public string ReadDigits()
    {
        var start = _position;
        while (char.IsAsciiDigit(Peek()))
            _position++;
        return pattern[start.._position];
    }

    /// <summary>Takes exactly this many hexadecimal digits.</summary>
    public int ReadHex(int length)
    {
        if (_position + length > pattern.Length || pattern.AsSpan(_position, length).ContainsAnyExcept(HexDigits))
            throw new PatternSyntaxException($"{length} hexadecimal digits are missing after an escape");
        var value = Convert.ToInt32(pattern.Substring(_position, length), 16);
        _position += length;
        return value;
    }

    /// <summary>Takes a <c>\uDC00</c> that completes a pair; leaves anything else where it is.</summary>
    public bool TryReadLowSurrogate(out char low)
    {
        low = '\0';
        var isHex = _position + 6 <= pattern.Length && IsNext("\\u") && !pattern.AsSpan(_position + 2, 4).ContainsAnyExcept(HexDigits);
        if (isHex)
            low = (char)Convert.ToInt32(pattern.Substring(_position + 2, 4), 16);
        if (!char.IsLowSurrogate(low))
            return false;
        _position += 6;
        return true;
    }

    /// <summary>
    /// Takes <c>{2}</c>, <c>{2,}</c> or <c>{2,3}</c>; takes nothing and answers null where there is something else. Counts too large for a
    /// number mean the largest one.
    /// </summary>
    public (int Minimum, int Maximum)? ReadBraces()
    {
        var start = _position;
        if (TrySkip("{") && ReadDigits() is { Length: > 0 } minimum)
        {
            var maximum = TrySkip(",") ? ReadDigits() : minimum;
            if (TrySkip("}"))
                return (Count(minimum), maximum.Length == 0 ? PatternRepeat.Unbounded : Count(maximum));
        }

        _position = start;
        return null;
    }

    private static int Count(string digits) => int.TryParse(digits, out var count) ? count : int.MaxValue;
}

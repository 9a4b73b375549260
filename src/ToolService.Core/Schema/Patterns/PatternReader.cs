namespace ToolService.Core.Schema.Patterns;

/// <summary>Reads an expression by code points.</summary>
internal sealed class PatternReader(string pattern)
{
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

    /// <summary>Takes everything up to the end mark, and the mark: a group's or category's name.</summary>
    public string ReadName(char end)
    {
        var length = pattern.AsSpan(_position).IndexOf(end);
        if (length <= 0 || !pattern.AsSpan(_position, length).ToString().All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '='))
            throw new PatternSyntaxException($"a name of letters, digits and '_' that ends with '{end}' is missing");
        var name = pattern.Substring(_position, length);
        _position += length + 1;
        return name;
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
        if (_position + length > pattern.Length || !pattern.AsSpan(_position, length).ToString().All(char.IsAsciiHexDigit))
            throw new PatternSyntaxException($"{length} hexadecimal digits are missing after an escape");
        var value = Convert.ToInt32(pattern.Substring(_position, length), 16);
        _position += length;
        return value;
    }
}

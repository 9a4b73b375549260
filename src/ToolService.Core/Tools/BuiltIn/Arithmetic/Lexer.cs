namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class Lexer(string text)
{
    private int _next;

    public Token Read()
    {
        while (_next < text.Length && char.IsWhiteSpace(text[_next]))
            _next++;
        if (_next == text.Length)
            return new Token(TokenKind.End, "", _next + 1);

        var first = text[_next];
        if (char.IsAsciiDigit(first) || first == '.')
            return Take(TokenKind.Number, NumberLength());
        if (char.IsAsciiLetter(first))
            return Take(TokenKind.Name, Count(_next, c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        if (text.AsSpan(_next).StartsWith("**"))
            return Take(TokenKind.Power, 2);
        return Take(Symbol(first), 1);
    }

    // Models also write the signs of a printed page.
    private TokenKind Symbol(char symbol) => symbol switch
    {
        '+' => TokenKind.Plus,
        '-' or '−' => TokenKind.Minus,
        '*' or '×' or '·' => TokenKind.Times,
        '/' or '÷' => TokenKind.Divide,
        '%' => TokenKind.Remainder,
        '^' => TokenKind.Power,
        '(' => TokenKind.Open,
        ')' => TokenKind.Close,
        ',' => TokenKind.Comma,
        'π' => TokenKind.Name,
        _ => throw new ToolException($"unexpected {Describe(symbol)} at position {_next + 1}"),
    };

    private static string Describe(char symbol) => char.IsControl(symbol) || char.IsSurrogate(symbol) ? "character" : $"'{symbol}'";

    private Token Take(TokenKind kind, int length)
    {
        var token = new Token(kind, text.Substring(_next, length), _next + 1);
        _next += length;
        return token;
    }

    private int NumberLength()
    {
        var digits = Count(_next, char.IsAsciiDigit);
        var end = _next + digits;
        if (end < text.Length && text[end] == '.')
        {
            var decimals = Count(end + 1, char.IsAsciiDigit);
            digits += decimals;
            end += 1 + decimals;
        }

        if (digits == 0)
            throw new ToolException($"unexpected '.' at position {_next + 1}: a number has at least one digit");
        return end + ExponentLength(end) - _next;
    }

    // "2e" is the number 2 and then the constant e, which the parser refuses with its position.
    private int ExponentLength(int start)
    {
        if (start >= text.Length || text[start] is not ('e' or 'E'))
            return 0;

        var sign = start + 1 < text.Length && text[start + 1] is '+' or '-' ? 1 : 0;
        var digits = Count(start + 1 + sign, char.IsAsciiDigit);
        return digits == 0 ? 0 : 1 + sign + digits;
    }

    private int Count(int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end]))
            end++;
        return end - start;
    }
}

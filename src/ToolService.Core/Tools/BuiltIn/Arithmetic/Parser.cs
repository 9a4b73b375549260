namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>
/// Reads and evaluates in one pass: <c>sum = product {(+|-) product}</c>, <c>product = signed {(*|/|%) signed}</c>,
/// <c>signed = (+|-) signed | power</c>,
/// <c>power = primary [^ signed]</c>, <c>primary = number | name | name(sum, …) | (sum)</c>.
/// </summary>
internal sealed class Parser
{
    private const int MaxDepth = 100;

    private readonly Lexer _lexer;
    private Token _current;
    private int _depth;

    public Parser(string text)
    {
        _lexer = new Lexer(text);
        _current = _lexer.Read();
    }

    public Number Evaluate()
    {
        var value = Sum();
        if (_current.Kind == TokenKind.Comma)
            throw Unexpected("write numbers without thousands separators");
        return _current.Kind == TokenKind.End ? value : throw Unexpected("an operator is expected here");
    }

    private Number Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take(TokenKind.Plus))
                value = value.Add(Product());
            else if (Take(TokenKind.Minus))
                value = value.Subtract(Product());
            else
                return value;
        }
    }

    private Number Product()
    {
        var value = Signed();
        while (true)
        {
            if (Take(TokenKind.Times))
                value = value.Multiply(Signed());
            else if (Take(TokenKind.Divide))
                value = value.Divide(Signed());
            else if (Take(TokenKind.Remainder))
                value = value.Remainder(Signed());
            else
                return value;
        }
    }

    private Number Signed()
    {
        if (++_depth > MaxDepth)
            throw new ToolException($"the expression is nested more than {MaxDepth} deep at position {_current.Position}");

        Number value;
        if (Take(TokenKind.Minus))
            value = Signed().Negate();
        else if (Take(TokenKind.Plus))
            value = Signed();
        else
            value = Power();
        _depth--;
        return value;
    }

    private Number Power()
    {
        var value = Primary();
        return Take(TokenKind.Power) ? value.Power(Signed()) : value;
    }

    private Number Primary()
    {
        var token = _current;
        if (Take(TokenKind.Number))
            return Number.Parse(token);
        if (Take(TokenKind.Name))
            return _current.Kind == TokenKind.Open ? Function.Named(token).Apply(token, Arguments()) : Constants.Named(token);
        if (!Take(TokenKind.Open))
            throw Unexpected("a number, a name or '(' is expected here");

        var value = Sum();
        Require(TokenKind.Close, $"')' is missing for the '(' at position {token.Position}");
        return value;
    }

    private List<Number> Arguments()
    {
        var open = _current;
        Take(TokenKind.Open);
        List<Number> arguments = [];
        if (Take(TokenKind.Close))
            return arguments;

        do
            arguments.Add(Sum());
        while (Take(TokenKind.Comma));
        Require(TokenKind.Close, $"')' is missing for the '(' at position {open.Position}");
        return arguments;
    }

    private bool Take(TokenKind kind)
    {
        if (_current.Kind != kind)
            return false;
        _current = _lexer.Read();
        return true;
    }

    private void Require(TokenKind kind, string otherwise)
    {
        if (!Take(kind))
            throw Unexpected(otherwise);
    }

    private ToolException Unexpected(string hint) => new($"unexpected {_current}: {hint}");
}

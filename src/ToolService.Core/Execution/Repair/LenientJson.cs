using System.Text;

namespace ToolService.Core.Execution.Repair;

/// <summary>
/// Writes nearly JSON as JSON, where it can be read in one way: as Python and JavaScript both would, with brackets that are open at the end
/// closed. Strings and numbers keep their text. Anything else is refused, as is text that ends where more must have followed.
/// </summary>
internal sealed class LenientJson
{
    private const string Space = " \t\r\n";

    private readonly string _text;
    private readonly int _maxDepth;
    private readonly StringBuilder _json = new();
    private readonly SortedSet<ToolRepairKind> _repairs = [];
    private int _at;

    private LenientJson(string text, int maxDepth) => (_text, _maxDepth) = (text, maxDepth);

    private bool IsAtEnd => _at >= _text.Length;

    private char Next => IsAtEnd ? '\0' : _text[_at];

    /// <summary>The text as JSON; null where it is not nearly JSON. Members that occur twice are left for a strict reader to refuse.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxDepth">The deepest nesting.</param>
    /// <param name="repairs">What had to be changed.</param>
    public static string? TryRewrite(string text, int maxDepth, out IReadOnlyCollection<ToolRepairKind> repairs)
    {
        var reader = new LenientJson(text, maxDepth);
        repairs = reader._repairs;
        if (!reader.TryValue(0))
            return null;

        reader.SkipSpace();
        return reader.IsAtEnd ? reader._json.ToString() : null;
    }

    private bool TryValue(int depth)
    {
        SkipSpace();
        return Next switch
        {
            '{' => TryBrackets('}', depth + 1, TryMember),
            '[' => TryBrackets(']', depth + 1, TryValue),
            '"' or '\'' => TryString(),
            _ => TryLiteral(),
        };
    }

    private bool TryBrackets(char close, int depth, Func<int, bool> tryItem)
    {
        if (depth > _maxDepth)
            return false;

        Copy(1);
        SkipSpace();
        if (Next == close)
            return Copy(1);
        while (tryItem(depth))
        {
            SkipSpace();
            if (Next == close)
                return Copy(1);
            if (IsAtEnd)
                return TryCloseAtEnd(close);
            if (Next != ',')
                return false;

            _at++;
            SkipSpace();
            if (Next == close)
                return Note(ToolRepairKind.TrailingComma) && Copy(1);
            _json.Append(',');
        }

        return false;
    }

    /// <summary>Closes what is open, unless the text ends in a number: more digits may have followed.</summary>
    private bool TryCloseAtEnd(char close)
    {
        if (char.IsAsciiDigit(_text[^1]))
            return false;

        _json.Append(close);
        return Note(ToolRepairKind.UnclosedBracket);
    }

    private bool TryMember(int depth)
    {
        if (!(Next is '"' or '\'' ? TryString() : TryBareName()))
            return false;

        SkipSpace();
        return Next == ':' && Copy(1) && TryValue(depth);
    }

    private bool TryBareName()
    {
        var length = LengthOf(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');
        var name = _text.Substring(_at, length);
        // A literal as a name is one value in Python and another in JavaScript.
        if (length == 0 || char.IsAsciiDigit(name[0]) || Literal.TryRead(name) is not null)
            return false;

        _json.Append('"');
        Copy(length);
        _json.Append('"');
        return Note(ToolRepairKind.UnquotedKey);
    }

    private bool TryLiteral()
    {
        var length = LengthOf(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
        if (Literal.TryRead(_text.Substring(_at, length)) is not { } literal)
            return false;

        _at += length;
        _json.Append(literal.Json);
        return !literal.IsPython || Note(ToolRepairKind.PythonLiteral);
    }

    private bool TryString()
    {
        var quote = Next;
        if (quote == '\'')
            Note(ToolRepairKind.SingleQuotes);
        _at++;
        _json.Append('"');
        while (!IsAtEnd && Next >= ' ')
        {
            var c = _text[_at++];
            if (c == quote)
            {
                _json.Append('"');
                return true;
            }

            if (c == '\\' && !TryEscape(quote))
                return false;
            if (c == '"')
                _json.Append("\\\"");
            else if (c != '\\')
                _json.Append(c);
        }

        return false;
    }

    // In double quotes an escape means what it means in JSON; in single quotes, where Python and JavaScript agree on it.
    private bool TryEscape(char quote)
    {
        var c = Next;
        _at++;
        if (c == '\'' && c == quote)
            _json.Append(c);
        else if (c is '"' or '\\' or 'b' or 'f' or 'n' or 'r' or 't' or 'u' || (c == '/' && quote == '"'))
            _json.Append('\\').Append(c);
        else
            return false;
        return true;
    }

    private int LengthOf(Predicate<char> isPart)
    {
        var end = _at;
        while (end < _text.Length && isPart(_text[end]))
            end++;
        return end - _at;
    }

    private void SkipSpace() => _at += LengthOf(c => Space.Contains(c));

    private bool Copy(int length)
    {
        _json.Append(_text, _at, length);
        _at += length;
        return true;
    }

    private bool Note(ToolRepairKind repair)
    {
        _repairs.Add(repair);
        return true;
    }
}

using System.Buffers;
using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// Rewrites an ECMA-262 expression, with the <c>u</c> flag's meaning, as a .NET one: <c>\d \w \s . $</c> and classes mean other
/// characters there, code points beyond the BMP are two characters, and .NET has syntax that ECMA-262 has not.
/// </summary>
internal sealed class PatternTranslator
{
    private static readonly string[] GroupPrefixes = ["?:", "?=", "?!", "?<=", "?<!"];
    private static readonly SearchValues<char> Special = SearchValues.Create("\\*+?|{}[]()^$.");

    private readonly PatternReader _reader;
    private readonly StringBuilder _output = new();

    private PatternTranslator(string pattern) => _reader = new PatternReader(pattern);

    /// <exception cref="PatternSyntaxException">The expression is not ECMA-262.</exception>
    public static string Translate(string pattern) => new PatternTranslator(pattern).Translate();

    private string Translate()
    {
        while (!_reader.AtEnd)
        {
            var codePoint = _reader.Next();
            switch (codePoint)
            {
                case '\\':
                    TranslateEscape();
                    break;
                case '[':
                    _output.Append(PatternClass.Read(_reader));
                    break;
                case '(':
                    TranslateGroup();
                    break;
                case '.':
                    _output.Append(CodePointSet.LineTerminators.ToPattern(negated: true));
                    break;
                case '$':
                    _output.Append(@"\z");
                    break;
                case '^' or '*' or '+' or '?' or '|' or ')' or '{' or '}':
                    _output.Append((char)codePoint);
                    break;
                default:
                    AppendLiteral(codePoint);
                    break;
            }
        }

        return _output.ToString();
    }

    private void TranslateGroup()
    {
        _output.Append('(');
        if (_reader.Peek() != '?')
            return;

        var prefix = GroupPrefixes.FirstOrDefault(_reader.TrySkip);
        if (prefix is not null)
            _output.Append(prefix);
        else if (_reader.TrySkip("?<"))
            _output.Append("?<").Append(_reader.ReadName('>')).Append('>');
        else
            throw new PatternSyntaxException("a group may start with '(', '(?:', '(?=', '(?!', '(?<=', '(?<!' or '(?<name>' only");
    }

    private void TranslateEscape()
    {
        if (_reader.AtEnd)
            throw new PatternSyntaxException("it ends with a lone backslash");

        if (_reader.TrySkip("b"))
            _output.Append(@"(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))");
        else if (_reader.TrySkip("B"))
            _output.Append(@"(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))");
        else if (_reader.TrySkip("k<"))
            _output.Append(@"\k<").Append(_reader.ReadName('>')).Append('>');
        else if (_reader.Peek() is >= '1' and <= '9')
            _output.Append("(?:\\").Append(_reader.ReadDigits()).Append(')');
        else if (PatternEscape.TryReadSet(_reader, out var set))
            _output.Append(set.ToPattern(negated: false));
        else
            AppendLiteral(PatternEscape.ReadCodePoint(_reader));
    }

    private void AppendLiteral(int codePoint)
    {
        if (codePoint > char.MaxValue)
            _output.Append("(?:").Append(char.ConvertFromUtf32(codePoint)).Append(')');
        else if (Special.Contains((char)codePoint) || char.IsSurrogate((char)codePoint))
            _output.Append('\\').Append('u').Append(codePoint.ToString("X4", null));
        else
            _output.Append((char)codePoint);
    }
}

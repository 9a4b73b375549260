using System.Globalization;
using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// Writes a parsed expression as one of .NET, where classes and anchors mean other characters, groups keep what they captured in an
/// earlier round of a loop, and a reference to a group that has captured nothing fails.
/// </summary>
internal sealed class PatternWriter
{
    private const string Word = "[0-9A-Za-z_]";

    private readonly PatternSyntax _syntax;
    private readonly TextKind _kind;
    private readonly PatternAlphabet? _alphabet;
    private readonly StringBuilder _output = new();
    private bool _backwards;

    private PatternWriter(PatternSyntax syntax, TextKind kind, PatternAlphabet? alphabet) =>
        (_syntax, _kind, _alphabet) = (syntax, kind, alphabet);

    /// <summary>The .NET expression that answers the same as one simplified for texts of this kind.</summary>
    public static string Write(PatternSyntax syntax, TextKind kind, PatternAlphabet? alphabet = null)
    {
        var writer = new PatternWriter(syntax, kind, alphabet);

        // Nothing but a lookaround can match inside a surrogate pair.
        if (syntax.HasLooks && kind == TextKind.Any)
            writer._output.Append(@"(?!(?<=[\uD800-\uDBFF])[\uDC00-\uDFFF])");
        writer.Write(syntax.Root);
        return writer._output.ToString();
    }

    private void Write(IPatternNode node)
    {
        switch (node)
        {
            case PatternSet set:
                _output.Append(_kind == TextKind.Any ? PatternClassWriter.WritePairs(set.Members)
                    : PatternClassWriter.Write(_alphabet?.SymbolsOf(set.Members) ?? set.Members));
                break;
            case PatternAnchor anchor:
                _output.Append(Anchor(anchor.Kind));
                break;
            case PatternSequence sequence:
                WriteAll(sequence.Items, "");
                break;
            case PatternAlternatives { Items: [] }:
                _output.Append("(?!)");
                break;
            case PatternAlternatives alternatives:
                _output.Append("(?:");
                WriteAll(alternatives.Items, "|");
                _output.Append(')');
                break;
            case PatternGroup group:
                WriteInParentheses($"(?<{group.Number}>", group.Body);
                break;
            case PatternLook look:
                WriteLook(look);
                break;
            case PatternBackReference reference:
                var number = reference.Name is null ? reference.Number : _syntax.GroupNumbers[reference.Name];
                if (_syntax.Referenced.Contains(number))
                    _output.Append(CultureInfo.InvariantCulture, $@"(?({number})\{number})");
                break;
            case PatternRepeat repeat:
                WriteRepeat(repeat);
                break;
        }
    }

    private void WriteAll(IReadOnlyList<IPatternNode> items, string separator)
    {
        for (var i = 0; i < items.Count; i++)
        {
            _output.Append(i == 0 ? "" : separator);
            Write(items[i]);
        }
    }

    private void WriteInParentheses(string opening, IPatternNode body)
    {
        _output.Append(opening);
        Write(body);
        _output.Append(')');
    }

    private void WriteLook(PatternLook look)
    {
        var outer = _backwards;
        _backwards = look.Behind;
        WriteInParentheses($"(?{(look.Behind ? "<" : "")}{(look.Negated ? '!' : '=')}", look.Body);
        _backwards = outer;
    }

    private void WriteRepeat(PatternRepeat repeat)
    {
        var resets = string.Concat(_syntax.Referenced.Where(repeat.Contains).Select(number => $"(?({number})(?<-{number}>))"));
        _output.Append("(?:").Append(_backwards ? "" : resets);
        Write(repeat.Body);
        _output.Append(_backwards ? resets : "").Append(')').Append(Quantifier(repeat)).Append(repeat.Lazy ? "?" : "");
    }

    private static string Quantifier(PatternRepeat repeat) => (repeat.Minimum, repeat.Maximum) switch
    {
        (0, PatternRepeat.Unbounded) => "*",
        (1, PatternRepeat.Unbounded) => "+",
        (0, 1) => "?",
        (var minimum, PatternRepeat.Unbounded) => string.Create(CultureInfo.InvariantCulture, $"{{{minimum},}}"),
        var (minimum, maximum) => string.Create(CultureInfo.InvariantCulture, $"{{{minimum},{maximum}}}"),
    };

    private string Anchor(char kind) => kind switch
    {
        '^' => @"\A",
        '$' => @"\z",

        // .NET counts letters of all scripts, but in ASCII and among symbols these are the ones of ECMA-262.
        _ when _kind != TextKind.Any => $"\\{kind}",
        'b' => $"(?:(?<={Word})(?!{Word})|(?<!{Word})(?={Word}))",
        _ => $"(?:(?<={Word})(?={Word})|(?<!{Word})(?!{Word}))",
    };
}

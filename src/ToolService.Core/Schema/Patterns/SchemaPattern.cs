using System.Text;
using System.Text.RegularExpressions;
using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// A compiled expression. The simplest ones are matched directly, others run on the engine that cannot backtrack where that engine can
/// express them; lookarounds and back-references need the other one. Both stop at a timeout, which makes the instance invalid.
/// </summary>
internal sealed class SchemaPattern
{
    private const int StepsPerMatch = 8;

    private readonly PatternSyntax _syntax;
    private readonly AsciiSequence? _sequence;
    private readonly PatternSyntax _simple;
    private readonly PatternAlphabet? _alphabet;
    private Regex? _ascii;
    private Regex? _other;

    private SchemaPattern(string source, PatternSyntax syntax)
    {
        Source = source;
        _syntax = syntax;
        _simple = PatternSimplifier.Simplify(syntax, TextKind.Any);
        _alphabet = _simple.Referenced.Count == 0 ? PatternAlphabet.Of(_simple) : null;
        _sequence = AsciiSequence.TryCreate(PatternSimplifier.Simplify(syntax, TextKind.Ascii));
        if (_sequence is null)
            Expression(isAscii: true);
    }

    /// <summary>The expression as the schema has it.</summary>
    public string Source { get; }

    /// <exception cref="PatternSyntaxException">The expression does not parse.</exception>
    public static SchemaPattern Compile(string source)
    {
        if (source.Length > SchemaLimits.MaxPatternLength)
            throw new PatternSyntaxException($"it has {source.Length} characters; at most {SchemaLimits.MaxPatternLength} are allowed");

        try
        {
            return new SchemaPattern(source, PatternParser.Parse(source, lenient: true));
        }
        catch (ArgumentException e)
        {
            throw new PatternSyntaxException(e.Message);
        }
    }

    /// <summary>Whether a string or name, given as the raw bytes between its quotes, contains a match.</summary>
    public bool IsMatch(scoped ReadOnlySpan<byte> raw, ref EvaluationRun run)
    {
        run.SpendReading(raw.Length);
        if (run.IsAborted)
            return false;
        if (_sequence?.IsMatch(raw) is { } verdict)
            return verdict;
        run.Spend(StepsPerMatch);
        using var text = new DecodedText(raw, stackalloc char[DecodedText.StackCharacters]);
        var isAscii = Ascii.IsValid(text.Characters);
        var characters = isAscii || _alphabet is null ? text.Characters : text.Rewrite(_alphabet);
        return IsMatch(Expression(isAscii), characters, ref run);
    }

    private static Regex Create(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, SchemaLimits.PatternTimeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, SchemaLimits.PatternTimeout);
        }
    }

    /// <summary>The expression for texts in ASCII, or for others; made for the first such text, twice where two come at once.</summary>
    private Regex Expression(bool isAscii)
    {
        if (isAscii)
            return _ascii ??= Create(PatternWriter.Write(PatternSimplifier.Simplify(_syntax, TextKind.Ascii), TextKind.Ascii));
        return _other ??= Create(PatternWriter.Write(_simple, _alphabet is null ? TextKind.Any : TextKind.Symbols, _alphabet));
    }

    private static bool IsMatch(Regex expression, scoped ReadOnlySpan<char> text, ref EvaluationRun run)
    {
        if (run.IsAborted)
            return false;

        // Reading the clock costs as much as a short match that cannot backtrack.
        var isQuick = text.Length <= DecodedText.StackCharacters && expression.Options.HasFlag(RegexOptions.NonBacktracking);
        var started = isQuick ? 0 : TimeProvider.System.GetTimestamp();
        try
        {
            var isMatch = expression.IsMatch(text);
            if (!isQuick)
                run.SpendPatternTime(TimeProvider.System.GetElapsedTime(started));
            return isMatch;
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or IndexOutOfRangeException or OverflowException)
        {
            // The engine that backtracks loses its way in some loops around back-references.
            run.Abort(AbortReason.PatternTimeout);
            return false;
        }
    }
}

using System.Buffers;
using System.Text.RegularExpressions;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// A compiled expression. It runs on the engine that cannot backtrack where that engine can express it; lookarounds and
/// back-references need the other one. Both stop at a timeout, which makes the instance invalid.
/// </summary>
internal sealed class SchemaPattern
{
    private const int StackCharacters = 256;

    private readonly Regex _regex;

    private SchemaPattern(string source, Regex regex) => (Source, _regex) = (source, regex);

    /// <summary>The expression as the schema has it.</summary>
    public string Source { get; }

    /// <exception cref="PatternSyntaxException">The expression does not parse.</exception>
    public static SchemaPattern Compile(string source)
    {
        if (source.Length > SchemaLimits.MaxPatternLength)
            throw new PatternSyntaxException($"it has {source.Length} characters; at most {SchemaLimits.MaxPatternLength} are allowed");

        var translated = PatternTranslator.Translate(source);
        try
        {
            return new SchemaPattern(source, Create(translated));
        }
        catch (ArgumentException e)
        {
            throw new PatternSyntaxException(e.Message);
        }
    }

    /// <summary>Whether a string or name, given as the raw bytes between its quotes, contains a match.</summary>
    public bool IsMatch(ReadOnlySpan<byte> raw, ref EvaluationRun run)
    {
        char[]? rented = null;
        Span<char> buffer = raw.Length <= StackCharacters ? stackalloc char[StackCharacters]
            : rented = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            return IsMatch(buffer[..JsonText.Decode(raw, buffer)], ref run);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }
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

    private bool IsMatch(ReadOnlySpan<char> text, ref EvaluationRun run)
    {
        if (run.IsAborted)
            return false;

        // Reading the clock costs as much as a short match that cannot backtrack.
        var isQuick = text.Length <= StackCharacters && _regex.Options.HasFlag(RegexOptions.NonBacktracking);
        var started = isQuick ? 0 : TimeProvider.System.GetTimestamp();
        try
        {
            var isMatch = _regex.IsMatch(text);
            if (!isQuick)
                run.SpendPatternTime(TimeProvider.System.GetElapsedTime(started));
            return isMatch;
        }
        catch (RegexMatchTimeoutException)
        {
            run.Abort(AbortReason.PatternTimeout);
            return false;
        }
    }
}

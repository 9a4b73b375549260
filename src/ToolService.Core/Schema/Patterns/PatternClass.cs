namespace ToolService.Core.Schema.Patterns;

/// <summary>Reads a character class, <c>[a-z\d]</c>, after its opening bracket.</summary>
internal static class PatternClass
{
    /// <param name="reader">Stands after the bracket.</param>
    /// <param name="lenient">
    /// Whether the hyphen in <c>[\w-.]</c> is taken as itself, as every engine does without the <c>u</c> flag, and any punctuation may be
    /// escaped.
    /// </param>
    public static CodePointSet Read(PatternReader reader, bool lenient)
    {
        var negated = reader.TrySkip("^");
        List<(int First, int Last)> ranges = [];
        while (!reader.TrySkip("]"))
        {
            var (first, firstSet) = ReadMember(reader, lenient);
            if (!TrySkipRangeMark(reader))
            {
                Add(ranges, first, firstSet);
                continue;
            }

            var (last, lastSet) = ReadMember(reader, lenient);
            if (firstSet is null && lastSet is null)
            {
                ranges.Add(first <= last ? (first, last) : throw new PatternSyntaxException("a range in a class is out of order"));
                continue;
            }

            if (!lenient)
                throw new PatternSyntaxException("a range in a class has a set at one end");
            Add(ranges, first, firstSet);
            Add(ranges, '-', null);
            Add(ranges, last, lastSet);
        }

        var set = CodePointSet.Of(ranges);
        return negated ? set.Complement() : set;
    }

    private static void Add(List<(int, int)> ranges, int codePoint, CodePointSet? set)
    {
        if (set is null)
            ranges.Add((codePoint, codePoint));
        else
            ranges.AddRange(set.Ranges);
    }

    private static bool TrySkipRangeMark(PatternReader reader) => reader.Peek() == '-' && !reader.IsNext("-]") && reader.TrySkip("-");

    /// <summary>One code point, or a set.</summary>
    private static (int CodePoint, CodePointSet? Set) ReadMember(PatternReader reader, bool lenient)
    {
        if (reader.AtEnd)
            throw new PatternSyntaxException("a class lacks its ']'");
        if (!reader.TrySkip("\\"))
            return (reader.Next(), null);
        if (reader.AtEnd)
            throw new PatternSyntaxException("it ends with a lone backslash");
        if (reader.TrySkip("b"))
            return ('\b', null);
        return PatternEscape.TryReadSet(reader, out var set) ? (0, set)
            : (PatternEscape.ReadCodePoint(reader, lenient, inClass: true), null);
    }
}

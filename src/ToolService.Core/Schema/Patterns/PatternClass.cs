namespace ToolService.Core.Schema.Patterns;

/// <summary>Reads a character class, <c>[a-z\d]</c>, after its opening bracket.</summary>
internal static class PatternClass
{
    public static string Read(PatternReader reader)
    {
        var negated = reader.TrySkip("^");
        var set = new CodePointSet();
        while (!reader.TrySkip("]"))
        {
            if (ReadMember(reader, set) is not { } first)
                continue;

            if (!TrySkipRangeMark(reader))
            {
                set.Add(first, first);
                continue;
            }

            // "[a-\d]" is no range under the u flag; the hyphen is taken as itself, as every engine does without the flag.
            if (ReadMember(reader, set) is not { } last)
            {
                set.Add(first, first);
                set.Add('-', '-');
                continue;
            }

            if (last < first)
                throw new PatternSyntaxException("a range in a class is out of order");
            set.Add(first, last);
        }

        return set.ToPattern(negated);
    }

    private static bool TrySkipRangeMark(PatternReader reader)
    {
        if (reader.Peek() != '-' || reader.IsNext("-]"))
            return false;
        return reader.TrySkip("-");
    }

    /// <summary>One code point, or null where the member was a set and has been added.</summary>
    private static int? ReadMember(PatternReader reader, CodePointSet set)
    {
        if (reader.AtEnd)
            throw new PatternSyntaxException("a class lacks its ']'");
        if (!reader.TrySkip("\\"))
            return reader.Next();
        if (reader.AtEnd)
            throw new PatternSyntaxException("it ends with a lone backslash");
        if (reader.TrySkip("b"))
            return '\b';
        if (!PatternEscape.TryReadSet(reader, out var member))
            return PatternEscape.ReadCodePoint(reader);

        set.Add(member);
        return null;
    }
}

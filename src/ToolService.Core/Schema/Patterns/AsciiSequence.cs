using System.Buffers;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// Matches the expressions that most schemas have, such as <c>^[a-z][a-z0-9_]*$</c>, <c>^\d{3}-\d{4}$</c> and <c>^prefix</c>, on the raw
/// bytes of ASCII strings: an anchored sequence of repeated sets in which one character always decides where a repetition ends, or
/// characters that stand anywhere.
/// </summary>
internal sealed class AsciiSequence
{
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(code => (byte)code).Where(code => code != '\\')]);

    private readonly Step[] _steps;
    private readonly bool _toEnd;
    private readonly byte[]? _anywhere;

    private AsciiSequence(Step[] steps, bool toEnd) => (_steps, _toEnd) = (steps, toEnd);

    private AsciiSequence(byte[] anywhere) => (_steps, _anywhere) = ([], anywhere);

    /// <summary>The matcher for an expression; null where it is not of this kind.</summary>
    public static AsciiSequence? TryCreate(PatternSyntax syntax)
    {
        if (syntax.Root is not PatternSequence { Items: [PatternAnchor { Kind: '^' }, ..] and var items })
            return TryCreateAnywhere(syntax.Root);
        var toEnd = items is [.., PatternAnchor { Kind: '$' }];
        var steps = items.Skip(1).SkipLast(toEnd ? 1 : 0).Select(ToStep).ToArray();
        return steps.Contains(null) || !Enumerable.Range(0, steps.Length).All(index => IsDecided(steps!, index)) ? null
            : new AsciiSequence(steps!, toEnd);
    }

    /// <summary>The verdict on a string, given as the bytes between its quotes; null where it is not ASCII without escapes.</summary>
    public bool? IsMatch(ReadOnlySpan<byte> raw)
    {
        if (raw.ContainsAnyExcept(Plain))
            return null;
        if (_anywhere is not null)
            return raw.IndexOf(_anywhere) >= 0;
        var position = 0;
        foreach (var step in _steps)
        {
            var start = position;
            var end = step.Maximum < raw.Length - start ? start + step.Maximum : raw.Length;
            while (position < end && step.Contains(raw[position]))
                position++;
            if (position - start < step.Minimum)
                return false;
        }

        return !_toEnd || position == raw.Length;
    }

    private static AsciiSequence? TryCreateAnywhere(IPatternNode root)
    {
        IReadOnlyList<IPatternNode> items = root is PatternSequence sequence ? sequence.Items : [root];
        var characters = items.Select(OnlyCharacter).ToList();
        return characters.Count == 0 || characters.Contains(null) ? null : new AsciiSequence([.. characters.OfType<byte>()]);
    }

    private static byte? OnlyCharacter(IPatternNode node) =>
        node is PatternSet { Members.Edges: [< 0x7F and var first, var next] } && next == first + 1 ? (byte)first : null;

    private static Step? ToStep(IPatternNode node) => node switch
    {
        PatternSet set => new Step(set.Members, 1, 1),
        PatternRepeat { Body: PatternSet set } repeat => new Step(set.Members, repeat.Minimum, repeat.Maximum),
        _ => null,
    };

    /// <summary>Whether no character that continues a repetition could also start what follows it.</summary>
    private static bool IsDecided(Step[] steps, int index)
    {
        if (steps[index].Minimum == steps[index].Maximum)
            return true;
        for (var next = index + 1; next < steps.Length; next++)
        {
            if (steps[index].Overlaps(steps[next]))
                return false;
            if (steps[next].Minimum > 0)
                break;
        }

        return true;
    }

    private sealed class Step(CodePointSet set, int minimum, int maximum)
    {
        private readonly ulong _low = Bits(set, 0);
        private readonly ulong _high = Bits(set, 64);

        public int Minimum => minimum;

        public int Maximum => maximum;

        public bool Contains(byte character) => ((character < 64 ? _low : _high) >> character & 1) != 0;

        public bool Overlaps(Step other) => (_low & other._low | _high & other._high) != 0;

        private static ulong Bits(CodePointSet set, int first) =>
            Enumerable.Range(0, 64).Aggregate(0UL, (bits, bit) => set.Contains(first + bit) ? bits | 1UL << bit : bits);
    }
}

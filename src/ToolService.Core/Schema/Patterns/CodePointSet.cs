namespace ToolService.Core.Schema.Patterns;

/// <summary>An immutable set of code points: the places where membership changes, in order, the first of which starts a range.</summary>
internal sealed class CodePointSet : IEquatable<CodePointSet>
{
    public const int Last = 0x10FFFF;

    private readonly int[] _edges;

    private CodePointSet(int[] edges) => _edges = edges;

    public ReadOnlySpan<int> Edges => _edges;

    public static CodePointSet Empty { get; } = new([]);

    public static CodePointSet Digits { get; } = Of(('0', '9'));

    public static CodePointSet WordCharacters { get; } = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    public static CodePointSet Spaces { get; } = Of(
        (9, 13), (32, 32), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
        (0x3000, 0x3000), (0xFEFF, 0xFEFF));

    public static CodePointSet LineTerminators { get; } = Of(('\n', '\n'), ('\r', '\r'), ('\u2028', '\u2029'));

    public bool IsEmpty => _edges.Length == 0;

    public IEnumerable<(int First, int Last)> Ranges
    {
        get
        {
            for (var i = 0; i < _edges.Length; i += 2)
                yield return (_edges[i], (i + 1 < _edges.Length ? _edges[i + 1] : Last + 1) - 1);
        }
    }

    /// <summary>The set whose membership changes at these places, which are in order and differ.</summary>
    public static CodePointSet FromEdges(IEnumerable<int> edges) => new([.. edges.TakeWhile(edge => edge <= Last)]);

    public static CodePointSet Of(int codePoint) => Of((codePoint, codePoint));

    /// <summary>The set of everything in these ranges, which may come in any order and overlap.</summary>
    public static CodePointSet Of(params IEnumerable<(int First, int Last)> ranges)
    {
        List<int> edges = [];
        foreach (var (first, last) in ranges.OrderBy(range => range.First))
        {
            if (edges.Count == 0 || first > edges[^1])
                edges.AddRange([first, last + 1]);
            else
                edges[^1] = Math.Max(edges[^1], last + 1);
        }

        return FromEdges(edges);
    }

    public CodePointSet Complement() => new(_edges is [0, .. var rest] ? rest : [0, .. _edges]);

    public CodePointSet Union(CodePointSet other) => Of([.. Ranges, .. other.Ranges]);

    public CodePointSet Except(CodePointSet other) => Complement().Union(other).Complement();

    public CodePointSet SymmetricDifference(CodePointSet other) => Except(other).Union(other.Except(this));

    public bool Contains(int codePoint)
    {
        var index = Array.BinarySearch(_edges, codePoint);
        return ((index >= 0 ? index : ~index - 1) & 1) == 0;
    }

    public bool Equals(CodePointSet? other) => other is not null && _edges.AsSpan().SequenceEqual(other._edges);

    public override bool Equals(object? obj) => Equals(obj as CodePointSet);

    public override int GetHashCode() => _edges.Length == 0 ? 0 : HashCode.Combine(_edges.Length, _edges[0], _edges[^1]);

    /// <summary>What the set has between these code points.</summary>
    public IEnumerable<(int First, int Last)> Clip(int first, int last) => Ranges
        .Where(range => range.First <= last && range.Last >= first)
        .Select(range => (Math.Max(range.First, first), Math.Min(range.Last, last)));
}

using System.Text;

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// One symbol for all code points that an expression does not tell apart. Written in symbols, a text has one character for each code
/// point, be it a lone surrogate, and an expression has small classes however large its sets are.
/// </summary>
internal sealed class PatternAlphabet
{
    private const int MaxEdges = 50_000;
    private const char FirstOrdinary = '\uE000';
    private const char LastOrdinary = '\uF8FF';

    // Letters in .NET, so that its word boundaries are where they are in the text.
    private const char FirstOfWord = '\u4E00';

    private readonly int[] _starts;
    private readonly char[] _symbols;

    private PatternAlphabet(int[] starts, char[] symbols) => (_starts, _symbols) = (starts, symbols);

    /// <exception cref="PatternSyntaxException">The expression tells too many code points apart.</exception>
    public static PatternAlphabet Of(PatternSyntax syntax)
    {
        HashSet<CodePointSet> sets = [CodePointSet.WordCharacters];
        Collect(syntax.Root, sets);
        if (sets.Sum(set => set.Edges.Length) > MaxEdges)
            throw new PatternSyntaxException("it has too many different sets of characters");

        // Which sets a code point is in, as the sum of the random keys of the sets.
        var random = new Random(sets.Count);
        var changes = new SortedDictionary<int, UInt128> { [0] = 0 };
        foreach (var set in sets)
        {
            var key = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
            foreach (var edge in set.Edges)
                changes[edge] = changes.GetValueOrDefault(edge) ^ key;
        }

        return new PatternAlphabet([.. changes.Keys], Number(changes));
    }

    /// <summary>Writes the text in symbols; returns how many there are, at most as many as characters.</summary>
    public int Encode(ReadOnlySpan<char> text, Span<char> symbols)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out var rune, out var length);
            symbols[count++] = _symbols[IndexOf(rune == Rune.ReplacementChar ? text[0] : rune.Value)];
            text = text[length..];
        }

        return count;
    }

    /// <summary>The symbols of the code points in a set of the expression.</summary>
    public CodePointSet SymbolsOf(CodePointSet set) => CodePointSet.Of(set.Ranges
        .SelectMany(range => _symbols[IndexOf(range.First)..(IndexOf(range.Last) + 1)])
        .Distinct()
        .Select(symbol => ((int)symbol, (int)symbol)));

    private int IndexOf(int codePoint)
    {
        var index = Array.BinarySearch(_starts, codePoint);
        return index >= 0 ? index : ~index - 1;
    }

    private static void Collect(IPatternNode node, HashSet<CodePointSet> sets)
    {
        if (node is PatternSet set)
            sets.Add(set.Members);
        foreach (var child in PatternEmptiness.Children(node))
            Collect(child, sets);
    }

    private static char[] Number(SortedDictionary<int, UInt128> changes)
    {
        var (nextOrdinary, nextOfWord) = (FirstOrdinary, FirstOfWord);
        var known = new Dictionary<UInt128, char>();
        var membership = UInt128.Zero;
        List<char> symbols = [];
        foreach (var (start, change) in changes)
        {
            membership ^= change;
            if (!known.TryGetValue(membership, out var symbol))
            {
                symbol = CodePointSet.WordCharacters.Contains(start) ? nextOfWord++ : nextOrdinary++;
                known.Add(membership, symbol);
            }

            symbols.Add(nextOrdinary <= LastOrdinary ? symbol : throw new PatternSyntaxException("it tells too many characters apart"));
        }

        return [.. symbols];
    }
}

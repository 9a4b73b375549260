using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using ToolService.Core.Conversations.Selection.Text;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// Ranks the tools of one catalog by the words they share with a text: BM25 over several fields (BM25F). A word counts the more the fewer
/// tools have it, the more telling its field is, and the shorter that field is for a field of its kind. Immutable.
/// </summary>
internal sealed class LexicalIndex
{
    // How soon a repeated word stops to count.
    private const float Saturation = 1.2f;

    private static readonly ConditionalWeakTable<ToolCatalog, Lazy<LexicalIndex>> Indexes = [];

    // How much a word there counts, and how far a field longer than the others is held against it (0 to 1).
    private static readonly Field[] Fields =
    [
        new(text => text.Name, 1.5f, 0.75f),
        new(text => text.Description, 1f, 0.75f),
        new(text => text.Parameters, 0.5f, 0.5f),
        new(text => text.Details, 0.35f, 0.5f),
    ];

    private readonly IReadOnlyList<Tool> _tools;
    private readonly FrozenDictionary<string, Posting[]> _postings;

    private LexicalIndex(ToolCatalog catalog)
    {
        _tools = catalog.Tools;
        var counts = _tools.Select(Count).ToArray();
        var average = new float[Fields.Length];
        for (var field = 0; field < Fields.Length; field++)
            average[field] = Math.Max(1, (float)counts.Select(tool => (double)tool.Lengths[field]).DefaultIfEmpty().Average());

        Dictionary<string, List<Posting>> postings = [];
        for (var tool = 0; tool < counts.Length; tool++)
        {
            foreach (var (term, frequencies) in counts[tool].Terms)
            {
                var weight = 0f;
                for (var field = 0; field < Fields.Length; field++)
                {
                    var length = 1 - Fields[field].Length + (Fields[field].Length * counts[tool].Lengths[field] / average[field]);
                    weight += Fields[field].Weight * frequencies[field] / length;
                }

                if (!postings.TryGetValue(term, out var list))
                    postings[term] = list = [];
                list.Add(new Posting(tool, weight / (Saturation + weight)));
            }
        }

        _postings = postings.ToFrozenDictionary(pair => pair.Key, pair => Weighted(pair.Value));
    }

    /// <summary>The catalog's index, made at the first use.</summary>
    public static LexicalIndex Of(ToolCatalog catalog) =>
        Indexes.GetValue(catalog, static catalog => new Lazy<LexicalIndex>(() => new LexicalIndex(catalog))).Value;

    /// <summary>The tools that share a word with the query, the best first; equally good ones by name.</summary>
    public IReadOnlyList<LexicalMatch> Rank(LexicalQuery query, Func<Tool, bool> mayShow, int limit)
    {
        var found = query.Terms
            .Select(term => (Term: term, Postings: _postings.GetValueOrDefault(term.Stem)))
            .Where(term => term.Postings is not null)
            .ToArray();
        var scores = ArrayPool<float>.Shared.Rent(_tools.Count);
        scores.AsSpan(0, _tools.Count).Clear();
        foreach (var (term, postings) in found)
        {
            foreach (var posting in postings!)
                scores[posting.Tool] += term.Weight * posting.Weight;
        }

        var best = new PriorityQueue<int, (float Score, int Reversed)>();
        for (var tool = 0; tool < _tools.Count; tool++)
        {
            if (scores[tool] <= 0 || !mayShow(_tools[tool]))
                continue;
            best.Enqueue(tool, (scores[tool], -tool));
            if (best.Count > limit)
                best.Dequeue();
        }

        ArrayPool<float>.Shared.Return(scores);
        var ranked = new LexicalMatch[best.Count];
        for (var place = best.Count - 1; place >= 0; place--)
            ranked[place] = Match(best.Dequeue());
        return ranked;

        LexicalMatch Match(int tool) => new(_tools[tool], [.. found
            .Select(term => (term.Term, Score: term.Term.Weight * WeightOf(term.Postings!, tool)))
            .Where(term => term.Score > 0)
            .OrderByDescending(term => term.Score)
            .Select(term => term.Term.Word)]);
    }

    private static float WeightOf(Posting[] postings, int tool)
    {
        var at = Array.BinarySearch(postings, new Posting(tool, 0));
        return at < 0 ? 0 : postings[at].Weight;
    }

    private Posting[] Weighted(List<Posting> postings)
    {
        var rarity = MathF.Log(1 + ((_tools.Count - postings.Count + 0.5f) / (postings.Count + 0.5f)));
        return [.. postings.Select(posting => posting with { Weight = posting.Weight * rarity })];
    }

    private static Counts Count(Tool tool)
    {
        var text = ToolText.Of(tool);
        Counts counts = new([], new int[Fields.Length]);
        for (var field = 0; field < Fields.Length; field++)
        {
            foreach (var word in Words.In(Fields[field].Text(text)).Where(word => !StopWords.Contains(word)))
            {
                var term = Stemmer.Stem(word);
                if (!counts.Terms.TryGetValue(term, out var frequencies))
                    counts.Terms[term] = frequencies = new int[Fields.Length];
                frequencies[field]++;
                counts.Lengths[field]++;
            }
        }

        return counts;
    }

    private sealed record Field(Func<ToolText, string> Text, float Weight, float Length);

    private sealed record Counts(Dictionary<string, int[]> Terms, int[] Lengths);

    private readonly record struct Posting(int Tool, float Weight) : IComparable<Posting>
    {
        public int CompareTo(Posting other) => Tool.CompareTo(other.Tool);
    }
}

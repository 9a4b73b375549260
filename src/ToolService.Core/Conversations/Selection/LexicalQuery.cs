using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection.Text;

namespace ToolService.Core.Conversations.Selection;

/// <summary>The words that tools are ranked by.</summary>
internal sealed class LexicalQuery
{
    // "And tomorrow?" means what was spoken of before; but less of it than of what it says itself.
    private const float EarlierWeight = 0.25f;

    private readonly Dictionary<string, LexicalTerm> _terms = [];

    /// <summary>Reads a message, and the user's last one before it.</summary>
    public LexicalQuery(string message, IReadOnlyList<ChatMessage>? earlier = null)
    {
        Add(message, 1);
        if (earlier?.LastOrDefault(said => said.Role == ChatRole.User) is { } last)
            Add(last.Text, EarlierWeight);
    }

    /// <summary>Each term once, in the order in which they were first said.</summary>
    public IEnumerable<LexicalTerm> Terms => _terms.Values;

    private void Add(string text, float weight)
    {
        foreach (var (word, count) in Words.In(Excerpt.Of(text)).Where(word => !StopWords.Contains(word)).CountBy(word => word))
        {
            var stem = Stemmer.Stem(word);
            var repeated = weight * (1 + MathF.Log(count));
            _terms[stem] = _terms.TryGetValue(stem, out var term)
                ? term with { Weight = Math.Max(term.Weight, repeated) }
                : new LexicalTerm(stem, word, repeated);
        }
    }
}

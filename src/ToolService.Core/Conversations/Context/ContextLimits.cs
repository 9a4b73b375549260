using System.Collections.Concurrent;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations.Context;

/// <summary>How many tokens each model can read at once: as configured, and as its provider said when it refused a request.</summary>
internal sealed class ContextLimits
{
    private readonly ConcurrentDictionary<string, long> _learnt = new(StringComparer.Ordinal);

    /// <summary>A model's window; null where nobody knows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ceiling">What was refused in this session.</param>
    public long? Of(Model model, ContextCeiling? ceiling = null)
    {
        List<long> known = [];
        if (model.ContextTokens is { } configured)
            known.Add(configured);
        if (_learnt.TryGetValue(model.Name, out var learnt))
            known.Add(learnt);
        if (ceiling is not null && ceiling.Model == model.Name)
            known.Add(ceiling.Tokens);
        return known.Count == 0 ? null : known.Min();
    }

    /// <summary>Notes what a provider said; the last word counts, as a server may have been started anew with another window.</summary>
    public void Learn(string model, long tokens) => _learnt[model] = tokens;
}

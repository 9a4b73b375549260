using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using ToolService.Core.Conversations.Selection.Text;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// The plain rule: every tool that shares a word with the message in its name or description, those with the most different words first,
/// then by name. Words count as they are written, and all the same.
/// </summary>
internal sealed class KeywordSelector : IToolSelector
{
    private const int WordsInReason = 3;
    private static readonly ConditionalWeakTable<ToolCatalog, Lazy<FrozenDictionary<string, Tool[]>>> Indexes = [];

    public Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var index = Indexes.GetValue(request.Catalog, static catalog => new(() => IndexOf(catalog))).Value;
        Dictionary<Tool, List<string>> shared = [];
        foreach (var word in WordsOf(request.Message))
        {
            foreach (var tool in index.GetValueOrDefault(word, []).Where(request.MayShow))
            {
                if (!shared.TryGetValue(tool, out var words))
                    shared[tool] = words = [];
                words.Add(word);
            }
        }

        var ranked = shared
            .OrderByDescending(match => match.Value.Count)
            .ThenBy(match => match.Key.Name, StringComparer.Ordinal)
            .Take(request.Limit);
        return Task.FromResult(new ToolSelection([.. ranked.Select(match => new SelectedTool(match.Key.Name, Reason(match.Value)))]));
    }

    private static FrozenDictionary<string, Tool[]> IndexOf(ToolCatalog catalog) => catalog.Tools
        .SelectMany(tool => WordsOf($"{tool.Name}\n{tool.Description}").Select(word => (word, tool)))
        .GroupBy(pair => pair.word, pair => pair.tool)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    private static IEnumerable<string> WordsOf(string text) =>
        Words.In(Excerpt.Of(text)).Where(word => !StopWords.Contains(word)).Distinct();

    private static string Reason(List<string> words) =>
        $"keyword: {string.Join(", ", words.Take(WordsInReason).Select(word => $"\"{word}\""))}";
}

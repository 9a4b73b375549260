namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// Merges what several selectors find by reciprocal rank fusion: a tool gains from every list, the more the higher it stands there, and
/// what the lists' own scores mean does not matter.
/// </summary>
internal sealed class CombinedSelector(IReadOnlyList<IToolSelector> selectors) : IToolSelector
{
    // How little the first places differ from each other; what the method's authors found to work.
    private const double Flatness = 60;

    // A tool that each list has a little below its end may be the best of all.
    private const int Depth = 3;

    public async Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        var deeper = request with { Limit = request.Limit * Depth };
        var lists = await Task.WhenAll(selectors.Select(selector => selector.SelectAsync(deeper, cancellationToken)));
        var merged = lists
            .SelectMany(list => list.Tools.Select((tool, place) => (Tool: tool, Score: 1 / (Flatness + place + 1))))
            .GroupBy(found => found.Tool.Name, StringComparer.Ordinal)
            .OrderByDescending(group => group.Sum(found => found.Score))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(request.Limit)
            .Select(group => new SelectedTool(group.Key, Joined(group.Select(found => found.Tool.Reason))));
        return new ToolSelection([.. merged])
        {
            Note = Joined(lists.Select(list => list.Note).OfType<string>()) is { Length: > 0 } note ? note : null,
        };
    }

    private static string Joined(IEnumerable<string> texts) => string.Join("; ", texts.Distinct());
}

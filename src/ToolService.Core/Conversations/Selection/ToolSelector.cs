using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// Which tools a model is shown in a turn: all of them where they are few; otherwise first what must be shown (always, named in the
/// message, by rule, used before), then what the strategy finds. Fails for nothing but cancellation.
/// </summary>
/// <param name="options">Validated options.</param>
/// <param name="strategy">Finds what fits a message; null for rules alone.</param>
/// <param name="search">Searches the tools that are not shown; null where models may not.</param>
internal sealed class ToolSelector(ToolSelectionOptions options, IToolSelector? strategy, ToolSearch? search)
{
    private readonly ToolPatterns _always = ToolPatterns.Parse(options.Always);
    private readonly IToolSelector[] _steps =
    [
        new NamedSelector(),
        new RuleSelector([.. options.Rules.Select(rule => new SelectionRule(rule))]),
        new UsedSelector(),
        .. strategy is null ? (IToolSelector[])[] : [strategy],
    ];

    /// <summary>Searches the tools that are not shown; null where models may not.</summary>
    public ToolSearch? Search { get; } = search;

    /// <summary>Selects among the tools.</summary>
    /// <param name="catalog">All tools.</param>
    /// <param name="tools">Those of the catalog that may be used.</param>
    /// <param name="message">What the user wrote.</param>
    /// <param name="earlier">The session's messages before it, oldest first.</param>
    /// <param name="cancellationToken">Cancels requests to models.</param>
    public async Task<ToolSelection> SelectAsync(
        ToolCatalog catalog,
        IReadOnlyList<Tool> tools,
        string message,
        IReadOnlyList<ChatMessage> earlier,
        CancellationToken cancellationToken)
    {
        if (tools.Count <= options.MaxTools)
            return new ToolSelection([.. tools.Select(tool => new SelectedTool(tool.Name, "all"))]);

        var chosen = tools.Where(tool => _always.Matches(tool.Name))
            .ToDictionary(tool => tool.Name, tool => new SelectedTool(tool.Name, "always"), StringComparer.Ordinal);
        var order = chosen.Values.ToList();
        var request = new SelectionRequest(catalog, tools, message, options.MaxTools) { Earlier = earlier };
        string? note = null;
        foreach (var step in _steps.TakeWhile(_ => order.Count < options.MaxTools))
        {
            var found = await step.SelectAsync(request, cancellationToken);
            note ??= found.Note;
            foreach (var tool in found.Tools.Where(tool => chosen.TryAdd(tool.Name, tool)).Take(options.MaxTools - order.Count))
                order.Add(tool);
        }

        return new ToolSelection(order) { Note = note, IsNarrowed = true };
    }
}

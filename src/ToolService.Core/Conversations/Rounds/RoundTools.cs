using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Execution;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>Which tools a model has in a round.</summary>
internal sealed class RoundTools
{
    private readonly ToolRegistry _registry;
    private readonly ToolSources _sources;
    private readonly ToolAccess _access;
    private readonly ToolSelector _selector;
    private readonly IReadOnlyList<ITurnTool> _own;

    public RoundTools(
        ToolRegistry registry, ToolSources sources, ToolAccess access, ToolSelector selector, IEnumerable<ITurnTool> own)
    {
        (_registry, _sources, _access, _selector, _own) = (registry, sources, access, selector, [.. own]);
        registry.Replace(ToolCatalog.TurnSource, _own.Select(tool => tool.Tool));
    }

    /// <summary>
    /// Has the sources loaded that are not, and selects the turn's tools, if that was not done yet and there are more than a model handles well.
    /// </summary>
    public async Task SelectAsync(TurnState state, CancellationToken cancellationToken)
    {
        await _sources.LoadAsync(cancellationToken);
        if (state.Turn.Progress.Selection is not null)
            return;

        var catalog = _registry.Current;
        var selection = await _selector.SelectAsync(
            catalog, _access.Filter(catalog, state.Tools), state.Request, state.Earlier, cancellationToken);
        if (selection.IsNarrowed)
            state.Turn = state.Turn with { Progress = state.Turn.Progress with { Selection = selection } };
    }

    /// <summary>The tools of the turn's next round: those selected, those found since, and the service's own that are of use.</summary>
    public IEnumerable<Tool> For(TurnState state)
    {
        var catalog = _registry.Current;
        var allowed = _access.Filter(catalog, state.Tools);
        var own = from turnTool in _own
                  where turnTool.IsOffered(state)
                  let tool = catalog.FindInTurn(turnTool.Tool.Name)
                  where tool is { Source: ToolCatalog.TurnSource } && _access.IsAllowed(tool, state.Tools)
                  select tool;
        return Narrow(state, allowed).Concat(own);
    }

    private static IEnumerable<Tool> Narrow(TurnState state, IReadOnlyList<Tool> allowed)
    {
        if (state.Turn.Progress.Selection is not { IsNarrowed: true } selection)
            return allowed;

        var messages = state.OfRequest;
        HashSet<string> names =
        [
            .. selection.Tools.Select(tool => tool.Name),
            .. ToolSearch.FoundIn(messages),
            // What it has called it may call again, and the history is of tools that it knows.
            .. messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.Name),
            state.Turn.Settings.ToolChoice ?? "",
        ];
        return allowed.Where(tool => names.Contains(tool.Name));
    }
}

using Microsoft.Extensions.AI;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>Gives models <see cref="ToolSearch"/> in turns that show them some of the tools only.</summary>
/// <param name="search">Searches.</param>
/// <param name="registry">Has all tools.</param>
/// <param name="access">Says which of them the service allows.</param>
/// <param name="store">Knows what the turn is narrowed to.</param>
internal sealed class SearchTool(ToolSearch search, ToolRegistry registry, ToolAccess access, IConversationStore store) : ITurnTool
{
    private Tool? _tool;

    public Tool Tool => _tool ??= search.ToTool(AvailableAsync);

    public bool IsOffered(TurnState state) => state.Turn.Progress.Selection is { IsNarrowed: true };

    private async ValueTask<(ToolCatalog Catalog, IReadOnlyList<Tool> Tools)> AvailableAsync(AIFunctionArguments invoked)
    {
        var turn = invoked.Running() is { TurnId: { } id } call ? await store.FindTurnAsync(id, call.Owner, CancellationToken.None) : null;
        var catalog = registry.Current;
        return (catalog, access.Filter(catalog, turn?.Tools is { } patterns ? ToolPatterns.Parse(patterns) : null));
    }
}

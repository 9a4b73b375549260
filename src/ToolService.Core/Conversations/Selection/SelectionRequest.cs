using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Selection;

/// <summary>What is to be selected from, and for what.</summary>
/// <param name="Catalog">All tools. What selectors prepare, they prepare once for each catalog.</param>
/// <param name="Tools">Those of the catalog that may be shown.</param>
/// <param name="Message">What the user wrote.</param>
/// <param name="Limit">The most tools to select.</param>
internal sealed record SelectionRequest(ToolCatalog Catalog, IReadOnlyList<Tool> Tools, string Message, int Limit)
{
    private HashSet<Tool>? _selectable;

    /// <summary>The session's messages before <see cref="Message"/>, oldest first.</summary>
    public IReadOnlyList<ChatMessage> Earlier { get; init; } = [];

    /// <summary>Whether the tool may be shown.</summary>
    public bool MayShow(Tool tool) =>
        Tools.Count == Catalog.Tools.Count || (_selectable ??= new HashSet<Tool>(Tools, ReferenceEqualityComparer.Instance)).Contains(tool);
}

namespace ToolService.Core.Conversations.Selection;

/// <summary>What <c>search_tools</c> answers.</summary>
/// <param name="Tools">The tools, the best first.</param>
internal sealed record ToolSearchAnswer(IReadOnlyList<FoundTool> Tools)
{
    /// <summary>What to do when there are none.</summary>
    public string? Hint => Tools.Count == 0 ? "No tool matches. Try other words, in English too; if that finds none, there is none." : null;
}

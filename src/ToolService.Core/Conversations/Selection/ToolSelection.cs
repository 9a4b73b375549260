namespace ToolService.Core.Conversations.Selection;

/// <summary>The tools that a model is shown in a turn.</summary>
/// <param name="Tools">Each once, the likeliest first.</param>
public sealed record ToolSelection(IReadOnlyList<SelectedTool> Tools)
{
    /// <summary>Whether there were more tools than are shown. Default false.</summary>
    public bool IsNarrowed { get; init; }

    /// <summary>
    /// What did not go as configured, in words that are safe to show, such as that the embeddings endpoint did not answer and words were
    /// compared instead; null where all did.
    /// </summary>
    public string? Note { get; init; }
}

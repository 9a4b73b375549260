using ToolService.Core.Models.Embeddings;

namespace ToolService.Core.Conversations.Selection;

/// <summary>Which of many tools a model is shown: <c>Chat:ToolSelection</c>.</summary>
public sealed class ToolSelectionOptions
{
    /// <summary>The most tools that a model is shown; only when there are more, some are selected. Default 20.</summary>
    public int MaxTools { get; set; } = 20;

    /// <summary>How the tools that fit a message are found. Default <see cref="ToolSelectionStrategy.Lexical"/>.</summary>
    public ToolSelectionStrategy Strategy { get; set; } = ToolSelectionStrategy.Lexical;

    /// <summary>
    /// What <see cref="ToolSelectionStrategy.Combined"/> merges. Default, as when the list is empty:
    /// <see cref="ToolSelectionStrategy.Lexical"/> and
    /// <see cref="ToolSelectionStrategy.Embedding"/>.
    /// </summary>
    // Configuration appends to a list's default.
    public List<ToolSelectionStrategy> Combine { get; } = [];

    /// <summary>
    /// Name patterns of the tools that are shown in every turn, even if they are more than <see cref="MaxTools"/>. Default none.
    /// </summary>
    public List<string> Always { get; } = [];

    /// <summary>What is offered for certain messages, before what the strategy finds. Default none.</summary>
    public List<ToolSelectionRuleOptions> Rules { get; } = [];

    /// <summary>Where <see cref="ToolSelectionStrategy.Embedding"/> gets its vectors.</summary>
    public EmbeddingEndpointOptions Embedding { get; set; } = new();

    /// <summary>The configured model that <see cref="ToolSelectionStrategy.Model"/> asks. Default none: <c>Models:Default</c>.</summary>
    public string? Model { get; set; }

    /// <summary>Whether a model that is shown some of the tools can search the others with <c>search_tools</c>. Default true.</summary>
    public bool SearchTool { get; set; } = true;

    /// <summary>The strategies that are at work: the one, or those that are merged.</summary>
    internal IReadOnlyList<ToolSelectionStrategy> Strategies =>
        Strategy is not ToolSelectionStrategy.Combined ? [Strategy]
        : Combine.Count > 0 ? [.. Combine.Distinct()]
        : [ToolSelectionStrategy.Lexical, ToolSelectionStrategy.Embedding];
}

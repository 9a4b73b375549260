using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolService.Core.Models;
using ToolService.Core.Models.Embeddings;

namespace ToolService.Core.Conversations.Selection;

/// <summary>Makes the selector that the options describe.</summary>
internal static class ToolSelectorFactory
{
    /// <summary>Makes it. Nothing is connected yet.</summary>
    /// <param name="options">Validated options; which models there are is seen here.</param>
    /// <param name="models">The models that may be asked.</param>
    /// <param name="time">Measures timeouts.</param>
    /// <param name="loggers">Where failures are logged.</param>
    /// <exception cref="OptionsValidationException">There is no model of the configured name.</exception>
    public static ToolSelector Create(ToolSelectionOptions options, ModelRegistry models, TimeProvider time, ILoggerFactory loggers)
    {
        var model = models.Find(options.Model) ?? throw new OptionsValidationException(
            nameof(ToolSelectionOptions), typeof(ToolSelectionOptions),
            [$"Chat:ToolSelection:Model '{options.Model}' is none of: {string.Join(", ", models.Names)}."]);
        var lexical = new LexicalSelector();
        var made = options.Strategies.Where(strategy => strategy is not ToolSelectionStrategy.Rules)
            .ToDictionary(strategy => strategy, Make);
        // A model that searches does not wait for another model to think about it.
        var searching = made.Where(part => part.Key is not ToolSelectionStrategy.Model).Select(part => part.Value).ToList();
        return new ToolSelector(
            options,
            made.Count == 0 ? null : Merged([.. made.Values]),
            options.SearchTool ? new ToolSearch(searching.Count == 0 ? lexical : Merged(searching)) : null);

        IToolSelector Make(ToolSelectionStrategy strategy) => strategy switch
        {
            ToolSelectionStrategy.Lexical => lexical,
            ToolSelectionStrategy.Keyword => new KeywordSelector(),
            ToolSelectionStrategy.Embedding => new EmbeddingSelector(
                new ToolVectors(new EmbeddingClient(options.Embedding, ModelRegistryFactory.Connections(), time), time),
                lexical, time, loggers.CreateLogger<EmbeddingSelector>()),
            ToolSelectionStrategy.Model => new ModelSelector(model, lexical, time, loggers.CreateLogger<ModelSelector>()),
            _ => throw new ArgumentOutOfRangeException(nameof(options), strategy, "This way to select is not known."),
        };
    }

    private static IToolSelector Merged(IReadOnlyList<IToolSelector> selectors) =>
        selectors is [var only] ? only : new CombinedSelector(selectors);
}

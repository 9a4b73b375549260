using Microsoft.Extensions.Logging;
using ToolService.Core.Conversations.Selection.Text;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// Selects the tools whose definitions are nearest in meaning to the message, as an embeddings model tells it. While that cannot be asked,
/// another selector answers, and the selection says so.
/// </summary>
/// <param name="vectors">The tools' vectors, and the message's.</param>
/// <param name="fallback">Answers instead.</param>
/// <param name="time">Measures how long the endpoint is left alone after a failure.</param>
/// <param name="logger">Told of failures.</param>
internal sealed class EmbeddingSelector(ToolVectors vectors, IToolSelector fallback, TimeProvider time, ILogger<EmbeddingSelector> logger)
    : IToolSelector
{
    /// <summary>How long the endpoint is not asked again after a failure: every turn would wait for it.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private long _pausedUntil = long.MinValue;

    public async Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _pausedUntil))
            return await InsteadAsync(request, "The embeddings endpoint failed a moment ago", cancellationToken);

        try
        {
            if (!await vectors.PrepareAsync(request.Tools, request.Catalog, cancellationToken))
                return await InsteadAsync(request, "The tools' embeddings are still being made", cancellationToken);
            var message = await vectors.OfAsync(Excerpt.Of(request.Message), cancellationToken);
            var nearest = request.Tools
                .Select(tool => (tool.Name, Nearness: vectors.Nearness(message, tool)))
                .OrderByDescending(tool => tool.Nearness)
                .ThenBy(tool => tool.Name, StringComparer.Ordinal)
                .Take(request.Limit);
            return new ToolSelection([.. nearest.Select(tool =>
                new SelectedTool(tool.Name, FormattableString.Invariant($"embedding: {tool.Nearness:0.00}")))]);
        }
        catch (ModelException e)
        {
            Volatile.Write(ref _pausedUntil, (time.GetUtcNow() + Pause).UtcTicks);
            logger.EmbeddingsFailed(e, Pause.TotalSeconds);
            return await InsteadAsync(request, $"The embeddings endpoint failed: {e.Message}", cancellationToken);
        }
    }

    private async Task<ToolSelection> InsteadAsync(SelectionRequest request, string why, CancellationToken cancellationToken) =>
        await fallback.SelectAsync(request, cancellationToken) with { Note = $"{why.TrimEnd('.')}. Words were compared instead." };
}

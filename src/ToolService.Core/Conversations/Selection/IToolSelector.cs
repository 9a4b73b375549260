namespace ToolService.Core.Conversations.Selection;

/// <summary>
/// Chooses the tools that a model is shown. Safe to use from any thread; equal requests get equal answers, as far as models do.
/// </summary>
internal interface IToolSelector
{
    /// <summary>
    /// At most as many of the request's tools as its limit says, each once, the likeliest first; none where nothing fits.
    /// </summary>
    Task<ToolSelection> SelectAsync(SelectionRequest request, CancellationToken cancellationToken);
}

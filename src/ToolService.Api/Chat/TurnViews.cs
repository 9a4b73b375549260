using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

/// <summary>Shows turns as the stores have them.</summary>
internal sealed class TurnViews(TurnService turns, ModelRegistry models, ICallbackStore callbacks)
{
    /// <summary>A turn with its calls, what it waits for, and what came of its callback.</summary>
    public async Task<TurnView> OfAsync(Turn turn, CancellationToken cancellationToken)
    {
        var view = TurnView.Of(await turns.ReportAsync(turn, cancellationToken), ChatEndpoints.ModelName(models, turn));
        return view with { Callback = await CallbackView.OfAsync(turn, callbacks, cancellationToken) };
    }
}

using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;

namespace ToolService.Api.Chat;

/// <summary>Who is told of a turn, and what came of that the last time.</summary>
/// <param name="Url">Where the callback goes, without what may be secret in it: user, query and fragment.</param>
/// <param name="Status">
/// <c>pending</c> before it is sent and between attempts, <c>delivered</c>, or <c>failed</c> when it was given up.
/// </param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="LastError">Why the last attempt did not succeed.</param>
/// <param name="NextAttemptAt">When it is sent the next time; absent before the turn has ended or waits.</param>
public sealed record CallbackView(string Url, CallbackStatus Status, int Attempts, string? LastError, DateTimeOffset? NextAttemptAt)
{
    /// <summary>The turn's newest callback as it is on the wire; null where the turn has nobody to tell.</summary>
    public static async Task<CallbackView?> OfAsync(Turn turn, ICallbackStore store, CancellationToken cancellationToken)
    {
        if (turn.CallbackUrl is not { } text)
            return null;

        var url = new Uri(text).GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return await store.FindNewestAsync(turn.Id, cancellationToken) is { } callback
            ? new CallbackView(url, callback.Status, callback.Attempts, callback.LastError, callback.NextAttemptAt)
            : new CallbackView(url, CallbackStatus.Pending, 0, null, null);
    }
}

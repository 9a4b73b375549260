namespace ToolService.Core.Conversations.Callbacks;

/// <summary>Keeps callbacks. They are added with the turn's end or wait, in the same write, and go with the turn.</summary>
public interface ICallbackStore
{
    /// <summary>A callback was stored, and is due. Handlers must not take long: they hand work over.</summary>
    event Action<Callback>? Added;

    /// <summary>One callback; null where there is none.</summary>
    Task<Callback?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>A turn's newest callback; null where there is none.</summary>
    Task<Callback?> FindNewestAsync(string turnId, CancellationToken cancellationToken);

    /// <summary>Callbacks that are to be sent, the next one first.</summary>
    Task<IReadOnlyList<Callback>> ListPendingAsync(CancellationToken cancellationToken);

    /// <summary>Writes what came of an attempt; nothing where the callback is gone.</summary>
    Task SaveAsync(Callback callback);
}

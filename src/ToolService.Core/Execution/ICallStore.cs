namespace ToolService.Core.Execution;

/// <summary>
/// Keeps the history and the confirmations. A write cannot be called back; it is durable when
/// its task completes. What can be expected is a value; only faults throw.
/// </summary>
public interface ICallStore
{
    /// <summary>
    /// Adds a call, with the confirmation that it waits for if there is one, and the definition of its tool that the confirmation's hash
    /// is of. False, and nothing written, where its owner has used the call id.
    /// </summary>
    Task<bool> TryAddAsync(CallRecord call, Confirmation? confirmation = null, string? definition = null);

    /// <summary>Replaces a call, if its status is still <paramref name="expected"/>; otherwise false, and nothing is written.</summary>
    Task<bool> TryUpdateAsync(CallRecord call, CallStatus expected);

    /// <summary>One call; null where there is none.</summary>
    /// <param name="callId">The call's id.</param>
    /// <param name="owner">Its owner; null finds anyone's, the newest where several owners used the id.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<CallRecord?> FindAsync(string callId, string? owner, CancellationToken cancellationToken);

    /// <summary>A page of calls, newest first.</summary>
    Task<CallPage> ListAsync(CallQuery query, CancellationToken cancellationToken);

    /// <summary>Statistics per tool, by name, of the calls that match; <see cref="CallQuery.After"/> and <see cref="CallQuery.Limit"/> do not apply.</summary>
    Task<IReadOnlyList<ToolStatistics>> SummarizeAsync(CallQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes a batch of ended calls (and ended confirmations) that arrived before the instant; how many calls are gone, 0 when none is left.</summary>
    Task<int> DeleteBeforeAsync(DateTimeOffset instant, int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a decision and what becomes of its call, together, if the confirmation is still pending; otherwise false, and nothing is written.
    /// </summary>
    Task<bool> TryDecideAsync(Confirmation decided, CallRecord call);

    /// <summary>Adds a question of a call that runs.</summary>
    Task AddElicitationAsync(Confirmation question);

    /// <summary>Writes what became of a question, if it still waits; otherwise false, and nothing is written.</summary>
    Task<bool> TryAnswerElicitationAsync(Confirmation answered);

    /// <summary>One confirmation; null where there is none.</summary>
    Task<Confirmation?> FindConfirmationAsync(string id, CancellationToken cancellationToken);

    /// <summary>The definition with this hash that a confirmation was added with, as JSON text; null where there is none.</summary>
    Task<string?> FindDefinitionAsync(string hash, CancellationToken cancellationToken);

    /// <summary>Confirmations, newest first. Null does not filter; <paramref name="after"/> is the id of the last one of the page before.</summary>
    Task<IReadOnlyList<Confirmation>> ListConfirmationsAsync(
        string? owner, ConfirmationStatus? status, string? turnId, int limit, string? after, CancellationToken cancellationToken);
}

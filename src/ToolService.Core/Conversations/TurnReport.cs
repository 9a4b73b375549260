using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>A turn with the calls it has made.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Calls">Its calls, in the order in which the model asked for them.</param>
/// <param name="Pending">The confirmations it waits for.</param>
public sealed record TurnReport(Turn Turn, IReadOnlyList<CallRecord> Calls, IReadOnlyList<Confirmation> Pending);

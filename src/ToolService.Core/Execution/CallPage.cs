namespace ToolService.Core.Execution;

/// <summary>Calls of the history, newest first.</summary>
/// <param name="Calls">The calls.</param>
/// <param name="Next">Where the next page starts; null when this was the last.</param>
public sealed record CallPage(IReadOnlyList<CallRecord> Calls, long? Next);

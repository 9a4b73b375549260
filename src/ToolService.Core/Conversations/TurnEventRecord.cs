namespace ToolService.Core.Conversations;

/// <summary>An event of a turn as it is kept, and as every watcher gets it.</summary>
/// <param name="Sequence">Its place in the turn's log: 1, 2, 3 and so on, also across restarts.</param>
/// <param name="Type">The kind of event.</param>
/// <param name="Data">What it says, as JSON text.</param>
/// <param name="Subject">The call that it is about, for events of which the log has at most one for each call.</param>
public sealed record TurnEventRecord(int Sequence, string Type, string Data, string? Subject = null);

namespace ToolService.Core.Execution;

/// <summary>How the service stands after it was stopped or started.</summary>
/// <param name="State">Stopped or not, since when, by whom.</param>
/// <param name="CallsStopped">How many running calls the stop has cancelled.</param>
/// <param name="TurnsStopped">How many turns at work it has ended.</param>
/// <param name="ToolsUnresponsive">How many tools of these calls did not react to their cancellation in time: abandoned, they may still run.</param>
/// <param name="CallsAtWork">How many calls are at work. After a stop, those whose end could not be waited for.</param>
/// <param name="TurnsAtWork">The same of turns.</param>
/// <param name="IsSaved">Whether the state is in the store; one that is not is lost when the process ends.</param>
public sealed record StopReport(
    ServiceState State, int CallsStopped, int TurnsStopped, int ToolsUnresponsive, int CallsAtWork, int TurnsAtWork, bool IsSaved);

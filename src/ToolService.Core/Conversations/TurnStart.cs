namespace ToolService.Core.Conversations;

/// <summary>A turn that began, or why it did not.</summary>
/// <param name="Run">The turn at work; null when it was refused.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="BusyTurnId">For <see cref="TurnRefusal.SessionBusy"/>: the turn that the session has.</param>
public sealed record TurnStart(TurnRun? Run, TurnRefusal? Refusal = null, string? BusyTurnId = null);

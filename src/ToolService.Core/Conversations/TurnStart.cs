namespace ToolService.Core.Conversations;

/// <summary>A turn that began, or had begun, or why it did not.</summary>
/// <param name="Run">The turn, at work or as it was left; null when it was refused, or runs in the background.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="OtherTurnId">
/// For <see cref="TurnRefusal.SessionBusy"/> the turn that the session has; for <see cref="TurnRefusal.KeyReused"/> the one that has the key.
/// </param>
/// <param name="IsRepeat">Whether this is the turn of an earlier request with the same key.</param>
/// <param name="Background">
/// For a turn that was asked for in the background, instead of <paramref name="Run"/>: the turn as it is stored.
/// </param>
public sealed record TurnStart(
    TurnRun? Run, TurnRefusal? Refusal = null, string? OtherTurnId = null, bool IsRepeat = false, Turn? Background = null)
{
    /// <summary>The session of the turn that runs.</summary>
    public string? SessionId { get; init; }
}

namespace ToolService.Core.Conversations;

/// <summary>Where the log of a turn ends.</summary>
/// <param name="Last">The last event's sequence; 0 for none.</param>
/// <param name="LastFirm">The same of the last event that is no piece of text.</param>
/// <param name="Subjects">What is about a call: its event's type and the call's id.</param>
public sealed record TurnLogEnd(int Last, int LastFirm, IReadOnlyList<(string Type, string Subject)> Subjects)
{
    /// <summary>A log without events.</summary>
    public static TurnLogEnd Empty { get; } = new(0, 0, []);
}

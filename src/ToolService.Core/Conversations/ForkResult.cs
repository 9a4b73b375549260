namespace ToolService.Core.Conversations;

/// <summary>A fork, or why there is none. With neither a session nor positions, the source is gone.</summary>
/// <param name="Session">The new session.</param>
/// <param name="Nearest">Where the position is none to fork at: the nearest that are, in order.</param>
public sealed record ForkResult(Session? Session, IReadOnlyList<int>? Nearest = null);

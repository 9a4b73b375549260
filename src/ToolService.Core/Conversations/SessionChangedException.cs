namespace ToolService.Core.Conversations;

/// <summary>
/// The session was written to since it was read: a message's position is not the session's next one, or the session belongs to another
/// owner. Nothing was written; read the session again.
/// </summary>
public sealed class SessionChangedException(string message) : Exception(message);

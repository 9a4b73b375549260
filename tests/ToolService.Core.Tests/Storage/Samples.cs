using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;

namespace ToolService.Core.Tests.Storage;

/// <summary>Records to store.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static CallRecord Call(string id, CallStatus status = CallStatus.Succeeded, string owner = "local", string tool = "calculator",
        int minute = 0) => new()
        {
            CallId = id,
            Owner = owner,
            ToolName = tool,
            Origin = CallOrigin.Api,
            Arguments = "{}",
            Status = status,
            CreatedAt = Noon.AddMinutes(minute),
        };

    public static Confirmation Confirmation(string id, string callId, int minute = 0, string owner = "local") => new()
    {
        Id = id,
        Owner = owner,
        CallId = callId,
        ToolName = "calculator",
        Arguments = "{}",
        DefinitionHash = "abc",
        Status = ConfirmationStatus.Pending,
        CreatedAt = Noon.AddMinutes(minute),
        ExpiresAt = Noon.AddMinutes(minute + 5),
    };

    public static Session Session(string id, string owner = "local", int minute = 0) => new()
    {
        Id = id,
        Owner = owner,
        Model = "demo",
        CreatedAt = Noon.AddMinutes(minute),
        UpdatedAt = Noon.AddMinutes(minute),
    };

    public static Turn Turn(string id, string session, TurnStatus status = TurnStatus.Running, int minute = 0, string owner = "local") =>
        new()
        {
            Id = id,
            SessionId = session,
            Owner = owner,
            Status = status,
            Model = "demo",
            MaxRounds = 8,
            CreatedAt = Noon.AddMinutes(minute),
            Deadline = Noon.AddMinutes(minute + 10),
            UpdatedAt = Noon.AddMinutes(minute),
        };

    /// <summary>Begins a turn with one message.</summary>
    public static Task<string?> TryBeginTurnAsync(
        this IConversationStore store, Session session, Turn turn, SessionMessage message, IReadOnlyList<TurnEventRecord> events) =>
        store.TryBeginTurnAsync(session, turn, [message], events);

    public static SessionMessage Message(int position, string? turn, string text = "hello") =>
        new(position, turn, new ChatMessage(ChatRole.User, text), Noon.AddMinutes(position));
}

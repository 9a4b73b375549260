using Microsoft.Extensions.AI;
using ToolService.Core.Execution;

namespace ToolService.Core.Conversations;

/// <summary>A message of a session, at its place.</summary>
/// <param name="Position">Its place in the session, from 0.</param>
/// <param name="TurnId">The turn that added it; null for a message that the session began with.</param>
/// <param name="Message">The message, in the field's standard form.</param>
/// <param name="CreatedAt">When it was added.</param>
public sealed record SessionMessage(int Position, string? TurnId, ChatMessage Message, DateTimeOffset CreatedAt)
{
    /// <summary>The calls that the model asks for in it.</summary>
    public IReadOnlyList<ToolCall> Calls => [.. FunctionCalls.In(Message).Select(FunctionCalls.ToToolCall)];

    /// <summary>The results that it gives the model.</summary>
    public IReadOnlyList<CallAnswer> Answers => FunctionCalls.AnswersIn(Message);
}

using ToolService.Core.Execution;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>A turn's calls, round by round, as its messages and the history have them: nothing more needs to survive a restart.</summary>
internal static class CallRounds
{
    /// <summary>
    /// The calls of each message that asks for some, in order; the last one is the round at work. Calls without a record are left out.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<CallRecord>> Of(TurnState state)
    {
        var known = state.Calls.ToDictionary(call => call.CallId, StringComparer.Ordinal);
        return
        [
            .. from message in state.Messages
               let calls = FunctionCalls.In(message)
               where calls.Count > 0
               select (IReadOnlyList<CallRecord>)
                   [.. calls.Select(call => known.GetValueOrDefault(FunctionCalls.IdOf(call))).OfType<CallRecord>()],
        ];
    }
}

using ToolService.Core.Execution;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations.Convergence;

/// <summary>Calls as the history has them after some rounds.</summary>
internal static class Rounds
{
    /// <summary>A call of a tool, with its result as JSON text; <c>!</c> for a failure.</summary>
    public static CallRecord Call(string tool, string arguments = "{}", string result = "1") => Samples.Call(Ids.NewCall(), tool: tool) with
    {
        Arguments = arguments,
        Status = result == "!" ? CallStatus.Failed : CallStatus.Succeeded,
        Result = result == "!" ? null : result,
        Error = result == "!" ? new ToolError(ToolErrorCode.ToolFailed, $"Incident {Ids.NewCall()}.") : null,
        Attempts = 1,
        DefinitionHash = tool,
        CompletedAt = Samples.Noon,
    };

    /// <summary>One call a round: <c>tool=result</c>.</summary>
    public static IReadOnlyList<IReadOnlyList<CallRecord>> Of(params string[] calls) =>
    [
        .. from call in calls
           let parts = call.Split('=')
           select (IReadOnlyList<CallRecord>)[Call(parts[0], result: parts is [_, var result] ? result : "1")],
    ];
}

using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Finds the result that stands in for a call of a read-only tool.</summary>
/// <param name="catalog">Tells which tools change nothing.</param>
/// <param name="notBefore">Results from before this are too old.</param>
internal sealed class ResultReuse(ToolCatalog catalog, DateTimeOffset notBefore)
{
    /// <summary>Whether one call's result may stand in for another's.</summary>
    public static bool IsReusable(Tool tool) => tool.Policy is { ReadOnly: true, Volatile: false, RequiresConfirmation: false };

    /// <summary>
    /// The call of an earlier round that succeeded in asking the same of the same definition; null where there is none, or where since
    /// then, or at its side, a tool ran that may have changed the answer.
    /// </summary>
    public CallRecord? Find(IEnumerable<IReadOnlyList<CallRecord>> earlier, Tool tool, CallKey asked)
    {
        foreach (var round in earlier.Reverse())
        {
            if (round.Any(MayHaveChangedSomething))
                return null;
            if (round.FirstOrDefault(call => IsSource(call, tool, asked)) is { } source)
                return source;
        }

        return null;
    }

    /// <summary>Whether a tool of this name changes nothing, or there is none.</summary>
    public bool IsHarmless(string toolName) => catalog.FindInTurn(toolName) is null or { Policy.ReadOnly: true };

    private bool IsSource(CallRecord call, Tool tool, CallKey asked) =>
        call is { Status: CallStatus.Succeeded, ReusedFrom: null }
        && call.CompletedAt >= notBefore
        && call.DefinitionHash == tool.DefinitionHash
        && CallKey.Of(call) == asked;

    // Also a tool that is gone: what it did, nobody knows.
    private bool MayHaveChangedSomething(CallRecord call) =>
        catalog.FindInTurn(call.ToolName) is not { Policy.ReadOnly: true }
        && (call.Attempts > 0 || call.Status is CallStatus.Started or CallStatus.OutcomeUnknown);
}

using ToolService.Core.Execution;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Counts calls that bring nothing new: the same tool, the same arguments, the same result.</summary>
internal static class Repeats
{
    /// <summary>
    /// In how many rounds each call of the last round has had its result, by its id. Counting begins anew where a round has a success of a
    /// call that the turn had not made before: work that looks again after each step is no loop. Twins within a round count once.
    /// </summary>
    public static IReadOnlyDictionary<string, int> InLastRound(IReadOnlyList<IReadOnlyList<CallRecord>> rounds)
    {
        HashSet<CallKey> made = [];
        Dictionary<Outcome, int> counts = [];
        foreach (var round in rounds)
        {
            if (round.Any(call => call.Status is CallStatus.Succeeded && !made.Contains(CallKey.Of(call))))
                counts.Clear();
            made.UnionWith(round.Select(CallKey.Of));
            foreach (var outcome in round.Select(Outcome.Of).Distinct())
                counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        }

        return rounds is [.., var last]
            ? last.ToDictionary(call => call.CallId, call => counts[Outcome.Of(call)], StringComparer.Ordinal)
            : new Dictionary<string, int>();
    }

    /// <summary>A call with what became of it. Of a failure its kind alone counts: its words may hold a time or an incident's id.</summary>
    private readonly record struct Outcome(CallKey Call, CallStatus Status, ToolErrorCode? Error, string? Result)
    {
        public static Outcome Of(CallRecord call) => new(CallKey.Of(call), call.Status, call.Error?.Code, call.Result);
    }
}

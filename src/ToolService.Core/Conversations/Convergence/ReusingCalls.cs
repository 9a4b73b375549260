using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Runs a round's calls; those of read-only tools that ask for the same run once.</summary>
internal sealed class ReusingCalls(
    SafeExecutor executor, ToolRegistry registry, ToolAccess access, IOptions<ConversationOptions> options, TimeProvider time)
{
    private readonly ConvergenceOptions _options = options.Value.Convergence;

    /// <summary>There is exactly one result per call, in their order.</summary>
    /// <param name="state">The turn.</param>
    /// <param name="calls">The calls of its last message.</param>
    /// <param name="context">Who makes them.</param>
    /// <param name="onResult">Hears of each result as it is there, from any thread.</param>
    /// <param name="cancellationToken">Stops the tools.</param>
    public async Task<IReadOnlyList<ToolResult>> ExecuteAllAsync(
        TurnState state, IReadOnlyList<ToolCall> calls, CallContext context, Action<ToolResult> onResult,
        CancellationToken cancellationToken)
    {
        var copies = _options.ReuseResults && !cancellationToken.IsCancellationRequested ? CopiesIn(state, calls) : [];
        var results = new ToolResult[calls.Count];
        await RunAsync(i => !copies.ContainsKey(i));
        foreach (var (i, copy) in copies)
        {
            if (copy.Source is null && results[copy.Leader] is not { Success: true })
                continue;

            results[i] = await executor.ReuseAsync(calls[i], context, copy.Arguments, copy.Source ?? results[copy.Leader].Call);
            onResult(results[i]);
        }

        // A failure does not stand in for its twins.
        await RunAsync(i => results[i] is null);
        return results;

        async Task RunAsync(Func<int, bool> which)
        {
            int[] indexes = [.. Enumerable.Range(0, calls.Count).Where(which)];
            var run = await executor.ExecuteAllAsync([.. indexes.Select(i => (calls[i], context))], onResult, cancellationToken);
            foreach (var (i, result) in indexes.Zip(run))
                results[i] = result;
        }
    }

    /// <summary>The calls that need not run, by their places.</summary>
    private SortedDictionary<int, Copy> CopiesIn(TurnState state, IReadOnlyList<ToolCall> calls)
    {
        SortedDictionary<int, Copy> copies = [];
        var reuse = new ResultReuse(registry.Current, time.GetUtcNow() - _options.ReuseFor);
        // In parallel with something that changes the answer, each looks for itself.
        if (!calls.All(call => reuse.IsHarmless(call.ToolName)))
            return copies;

        var rounds = CallRounds.Of(state);
        var known = state.Calls.Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        Dictionary<CallKey, int> leaders = [];
        for (var i = 0; i < calls.Count; i++)
        {
            if (registry.Current.FindInTurn(calls[i].ToolName) is not { } tool
                || !ResultReuse.IsReusable(tool)
                || !access.IsAllowed(tool, state.Tools))
                continue;
            var arguments = executor.Arguments.Check(tool, calls[i], CallOrigin.Chat);
            if (arguments.Error is not null)
                continue;

            var key = CallKey.Of(tool.Name, arguments.Text);
            var isLeader = leaders.TryAdd(key, i);
            // What has a record keeps it.
            if (known.Contains(calls[i].Id))
                continue;
            if (reuse.Find(rounds.SkipLast(1), tool, key) is { } source)
                copies.Add(i, new Copy(arguments, source, i));
            else if (!isLeader)
                copies.Add(i, new Copy(arguments, null, leaders[key]));
        }

        return copies;
    }

    /// <summary>A call that is answered from an earlier one, or else from its twin in the same round.</summary>
    private sealed record Copy(CheckedArguments Arguments, CallRecord? Source, int Leader);
}

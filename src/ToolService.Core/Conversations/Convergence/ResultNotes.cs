using Microsoft.Extensions.Options;
using ToolService.Core.Conversations.Rounds;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>
/// What the model reads of a round's calls: their results, and notes on what to do next. They are stored as one text, so that every later
/// request says the same.
/// </summary>
internal sealed class ResultNotes(
    SafeExecutor executor,
    ToolRegistry registry,
    RoundComposer composer,
    LoopGuard guard,
    FinalAnswers answers,
    RecoveryAdvisor advisor,
    IOptions<ConversationOptions> options)
{
    private const int MaxOthers = 5;

    private readonly ConvergenceOptions _options = options.Value.Convergence;

    /// <summary>The texts, by their calls' ids.</summary>
    public async Task<IReadOnlyDictionary<string, string>> WriteAsync(
        TurnState state, IReadOnlyList<ToolResult> results, CancellationToken cancellationToken)
    {
        var rounds = CallRounds.Of(state);
        var verdicts = guard.Judge(rounds);
        var hint = await advisor.AskAsync(state, rounds, cancellationToken);
        return results.ToDictionary(result => result.Call.CallId, TextOf, StringComparer.Ordinal);

        string TextOf(ToolResult result)
        {
            var call = result.Call;
            string?[] notes =
            [
                answers.NoteOn(state, call, rounds[^1]),
                verdicts.TryGetValue(call.CallId, out var verdict) ? Nudge(state, call, verdict) : Origin(call),
                Advise(state, call),
                hint is { } given && given.CallId == call.CallId ? given.Hint : null,
            ];
            return string.Concat(notes.OfType<string>().Select(note => $"\n[{note}]").Prepend(executor.TextForModel(result)));
        }
    }

    private string? Advise(TurnState state, CallRecord call)
    {
        var tool = registry.Current.FindInTurn(call.ToolName);
        if (call.Error is null)
            return _options.Advice ? ResultAdvice.Of(call, tool) : null;
        if (!_options.RecoveryHints)
            return null;

        var hasNearNames = tool is null && registry.Current.NearestNames(call.ToolName).Count > 0;
        return RecoveryHints.Of(call, tool, hasNearNames, composer.NamesFor(state));
    }

    private static string? Origin(CallRecord call) =>
        call.ReusedFrom is null ? null : "The same call was made before in this turn; this is its result, and the tool did not run again.";

    private string? Nudge(TurnState state, CallRecord call, LoopVerdict verdict) => verdict switch
    {
        LoopVerdict.Nudge =>
            "You made this same call before, with this same result; making it again brings nothing new. Use what you have, or "
            + $"{Others(state, call)}.",
        LoopVerdict.LastWarning =>
            "You keep making this same call with this same result. Do not make it again, or your work ends without an answer: answer now "
            + $"with what you have, or {Others(state, call)}.",
        // The turn has ended when anybody reads this.
        _ => null,
    };

    /// <summary>Other tools that the turn may use, those first that it has not.</summary>
    private string Others(TurnState state, CallRecord call)
    {
        var used = state.Calls.Select(other => other.ToolName).ToHashSet(StringComparer.Ordinal);
        string[] names =
        [
            .. composer.NamesFor(state).Where(name => name != call.ToolName)
                .OrderBy(used.Contains).Take(MaxOthers),
        ];
        return names.Length == 0 ? "say what is missing" : $"use another tool, such as {string.Join(", ", names)}";
    }
}

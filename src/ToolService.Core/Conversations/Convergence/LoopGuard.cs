using Microsoft.Extensions.Options;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>Finds the calls with which a turn goes in circles. A volatile tool may be asked again and again.</summary>
internal sealed class LoopGuard(ToolRegistry registry, IOptions<ConversationOptions> options)
{
    private readonly ConvergenceOptions _options = options.Value.Convergence;

    /// <summary>What each call of the last round deserves, by its id; calls that deserve nothing are left out.</summary>
    public IReadOnlyDictionary<string, LoopVerdict> Judge(IReadOnlyList<IReadOnlyList<CallRecord>> rounds)
    {
        if (!_options.LoopDetection || rounds is not [.., var last])
            return new Dictionary<string, LoopVerdict>();

        var mayRepeat = last.Where(call => registry.Current.FindInTurn(call.ToolName) is { Policy.Volatile: true })
            .Select(call => call.CallId).ToHashSet(StringComparer.Ordinal);
        return Repeats.InLastRound(rounds).Where(call => !mayRepeat.Contains(call.Key))
            .Select(call => KeyValuePair.Create(call.Key, VerdictOn(call.Value)))
            .Where(call => call.Value is not LoopVerdict.None).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>How the turn ends, where it goes in circles after it was told.</summary>
    public TurnEnd? EndOf(TurnState state)
    {
        var rounds = CallRounds.Of(state);
        return Judge(rounds).FirstOrDefault(call => call.Value is LoopVerdict.Stop).Key is { } stopped
            ? TurnEnd.LoopDetected(rounds[^1].First(call => call.CallId == stopped).ToolName, _options.StopAfter)
            : null;
    }

    private LoopVerdict VerdictOn(int count) =>
        count >= _options.StopAfter ? LoopVerdict.Stop
        : count < _options.NudgeAfter ? LoopVerdict.None
        : count == _options.StopAfter - 1 ? LoopVerdict.LastWarning
        : LoopVerdict.Nudge;
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>What a round's request says beyond the conversation, so that the model comes to an answer.</summary>
internal sealed class RoundGuidance(IOptions<ConversationOptions> options)
{
    private const string AnswerNow =
        "This is the last request of this turn. No tool can be called any more: answer now with what you have, and say what is missing.";

    // The same object for the same tool: what is written of it is remembered by that.
    private readonly ConditionalWeakTable<Tool, AIFunction> _short = [];
    private readonly ConvergenceOptions _options = options.Value.Convergence;

    /// <summary>Parts of a system prompt, apart by an empty line; null without any. An empty first part stays one.</summary>
    public static string? Join(string? prompt, params IEnumerable<string?> more)
    {
        string[] parts = [.. more.Prepend(prompt).Where(part => !string.IsNullOrEmpty(part)).OfType<string>()];
        return parts.Length == 0 ? prompt : string.Join("\n\n", parts);
    }

    /// <summary>Whether the next round is asked without tools: it is the last one, and the turn has results to answer from.</summary>
    public bool MustAnswer(Turn turn) => _options.LastRoundWithoutTools && turn.ToolCalls > 0 && turn.Rounds + 1 >= turn.MaxRounds;

    /// <summary>What the model is told first in the next round; null or empty for nothing.</summary>
    public string? SystemPrompt(Turn turn) => Join(
        turn.SystemPrompt,
        turn.Progress.Plan is { Length: > 0 } plan ? $"Your plan for this turn, to be changed where results call for it:\n{plan}" : null,
        MustAnswer(turn) ? AnswerNow : null);

    /// <summary>A tool as the model reads it.</summary>
    public AIFunction Declare(Tool tool) =>
        _options.ShortDescriptions ? _short.GetValue(tool, static tool => new OneLineFunction(tool.Function)) : tool.Function;
}

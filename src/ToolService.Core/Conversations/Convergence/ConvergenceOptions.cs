using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Conversations.Convergence;

/// <summary>What helps a turn, above all of a small model, to come to an answer: <c>Chat:Convergence</c>.</summary>
public sealed class ConvergenceOptions
{
    /// <summary>
    /// Whether a call of a read-only tool that repeats another one of its turn is answered with the other's result. Default true. Never of
    /// a tool that is <see cref="Tools.ToolPolicy.Volatile"/>, and never once a tool ran that may have changed something.
    /// </summary>
    public bool ReuseResults { get; set; } = true;

    /// <summary>How long after the first call its result stands in. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan ReuseFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a turn is told of calls that bring nothing new, and then ended as <c>loop_detected</c>. Default true.</summary>
    public bool LoopDetection { get; set; } = true;

    /// <summary>In how many rounds the same call has had the same result when the model is told first. Default 2.</summary>
    [Range(2, 1000)]
    public int NudgeAfter { get; set; } = 2;

    /// <summary>
    /// In how many rounds the same call has had the same result when the turn ends. Default 4; more than <see cref="NudgeAfter"/>.
    /// </summary>
    [Range(3, 1001)]
    public int StopAfter { get; set; } = 4;

    /// <summary>Whether an empty result says what it means and what to do next. Default true.</summary>
    public bool Advice { get; set; } = true;

    /// <summary>Whether a failed call's result says what to do about that kind of failure. Default true.</summary>
    public bool RecoveryHints { get; set; } = true;

    /// <summary>The configured model that is asked for a hint when a tool keeps failing; null for none, the default.</summary>
    public string? RecoveryModel { get; set; }

    /// <summary>How many calls of a tool in a row must have failed before <see cref="RecoveryModel"/> is asked. Default 2.</summary>
    [Range(1, 1000)]
    public int RecoveryAfter { get; set; } = 2;

    /// <summary>Whether models have a tool <c>final_answer</c>, whose call ends the turn with its text. Default false.</summary>
    public bool FinalAnswerTool { get; set; }

    /// <summary>Whether the model is asked for a plan before the first round, where the request does not say. Default false.</summary>
    public bool Planning { get; set; }

    /// <summary>The longest plan, in tokens. Default 400.</summary>
    [Range(16, 100_000)]
    public int MaxPlanTokens { get; set; } = 400;

    /// <summary>Whether the model works over its answer in a request of its own, where the request does not say. Default false.</summary>
    public bool Refinement { get; set; }

    /// <summary>Whether the last round that a turn may have is asked without tools, if there were calls before. Default true.</summary>
    public bool LastRoundWithoutTools { get; set; } = true;

    /// <summary>Whether models read the first sentence of each tool's description only. Default false.</summary>
    public bool ShortDescriptions { get; set; }
}

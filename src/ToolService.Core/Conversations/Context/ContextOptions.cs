using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Conversations.Context;

/// <summary>How conversations are fitted into what their model can read at once: <c>Chat:Context</c>.</summary>
public sealed class ContextOptions
{
    /// <summary>How they are made shorter. Default <c>ToolResults, Window</c>.</summary>
    public ContextStrategies Strategy { get; set; } = ContextStrategies.ToolResults | ContextStrategies.Window;

    /// <summary>From which part of the model's window on. Default 0.8.</summary>
    [Range(0.1, 1.0)]
    public double Threshold { get; set; } = 0.8;

    /// <summary>To which part of it, so that it does not happen in every round. Default 0.5.</summary>
    [Range(0.05, 1.0)]
    public double Target { get; set; } = 0.5;

    /// <summary>
    /// How many tokens of the window are kept free for the answer, where the request does not say how long it may be; a quarter of the
    /// window at the most. Default 4,096.
    /// </summary>
    [Range(1, 1_000_000)]
    public int AnswerTokens { get; set; } = 4096;

    /// <summary>The configured model that writes summaries. Default null: the one that answers.</summary>
    public string? SummaryModel { get; set; }

    /// <summary>The longest summary, in tokens. Default 1,000.</summary>
    [Range(50, 100_000)]
    public int SummaryTokens { get; set; } = 1000;
}

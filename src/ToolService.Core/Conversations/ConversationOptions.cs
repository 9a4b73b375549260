using System.ComponentModel.DataAnnotations;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Conversations.Context;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Conversations.Selection;

namespace ToolService.Core.Conversations;

/// <summary>How turns go: <c>Chat</c>.</summary>
public sealed class ConversationOptions
{
    /// <summary>What the model is told first, where neither the session nor the request says otherwise. Empty for none.</summary>
    public string SystemPrompt { get; set; } =
        "You are a helpful assistant. Use the tools you are given when they help to answer; say so when a tool failed. Answer briefly.";

    /// <summary>How many model requests a turn may make. Default 20.</summary>
    [Range(1, 1000)]
    public int MaxRounds { get; set; } = 20;

    /// <summary>How many tool calls a turn may make. Default 100.</summary>
    [Range(1, 100_000)]
    public int MaxToolCalls { get; set; } = 100;

    /// <summary>How many rounds in a row may have nothing but failed calls. Default 5.</summary>
    [Range(1, 1000)]
    public int MaxFailingRounds { get; set; } = 5;

    /// <summary>How many tokens, read and written together, a turn may use, as far as the model tells. Default 0: not limited.</summary>
    [Range(0, long.MaxValue)]
    public long MaxTokens { get; set; }

    /// <summary>
    /// How many model requests of a turn may be made again after they failed, all its rounds together; <c>Models:Endpoints:{name}:MaxRetries</c>
    /// bounds those of one request. Default 10.
    /// </summary>
    [Range(0, 1000)]
    public int MaxModelRetries { get; set; } = 10;

    /// <summary>How often a model is asked again for an answer that satisfies a request's <c>response_schema</c>. Default 2.</summary>
    [Range(0, 100)]
    public int MaxAnswerRepairs { get; set; } = 2;

    /// <summary>How long a turn may take; waiting for a person does not count. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "7.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How often the service begins the same step of a turn, when it goes down unexpectedly in the middle of it, before it gives the turn up.
    /// Default 3.
    /// </summary>
    [Range(1, 1000)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long the events of a turn can be fetched after it has ended. Default 7 days; null keeps them as long as the session.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan? EventRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The longest user message, in characters. Default 200,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxMessageCharacters { get; set; } = 200_000;

    /// <summary>The most messages that a session may be begun with. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxImportedMessages { get; set; } = 10_000;

    /// <summary>How many turns that were asked for in the background run at the same time; the others queue. Default 32.</summary>
    [Range(1, 1000)]
    public int MaxBackgroundTurns { get; set; } = 32;

    /// <summary>What helps a turn to come to an answer.</summary>
    public ConvergenceOptions Convergence { get; set; } = new();

    /// <summary>How conversations are fitted into what their model can read at once.</summary>
    public ContextOptions Context { get; set; } = new();

    /// <summary>The files that may come with a message.</summary>
    public AttachmentOptions Attachments { get; set; } = new();

    /// <summary>How other systems are told of turns that ended or wait.</summary>
    public CallbackOptions Callbacks { get; set; } = new();

    /// <summary>Which of many tools a model is shown.</summary>
    public ToolSelectionOptions ToolSelection { get; set; } = new();
}

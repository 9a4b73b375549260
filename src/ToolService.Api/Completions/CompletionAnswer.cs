using System.Text.Json.Nodes;
using ToolService.Api.Chat;
using ToolService.Api.Hosting.Errors;
using ToolService.Core.Conversations;

namespace ToolService.Api.Completions;

/// <summary>What a turn, as it was left, is for a client that knows completions only.</summary>
/// <param name="report">The turn.</param>
/// <param name="now">When this is told.</param>
internal sealed class CompletionAnswer(TurnReport report, DateTimeOffset now)
{
    /// <summary>Why the completion is finished.</summary>
    public string FinishReason => report.Turn switch
    {
        { Status: TurnStatus.Completed or TurnStatus.AwaitingConfirmation } => "stop",
        { Progress.HandedOver: not null } => "tool_calls",
        { Reason: "content_filter" } => "content_filter",
        { Reason: "empty_answer" } => "stop",
        _ => "length",
    };

    /// <summary>What the model wrote last.</summary>
    public string? Reply => report.Turn.Reply;

    /// <summary>What the client is told besides: that a person must decide; null for nothing.</summary>
    public string? Notice => report.Turn.Status is not TurnStatus.AwaitingConfirmation
        ? null
        : $"[Waiting for a person to confirm {string.Join(", ", report.Pending.Select(pending => $"{pending.ToolName} ({pending.Id})"))}. "
          + $"Decide with POST /v1/confirmations/{{id}}; the turn then goes on, and its answer is at GET /v1/chat/turns/{report.Turn.Id}.]";

    /// <summary>All of the text: null where there are only calls.</summary>
    public string? Text
    {
        get
        {
            var text = string.Join("\n\n", new[] { Reply, Notice }.Where(part => !string.IsNullOrEmpty(part)));
            return text.Length == 0 && HandedOver.Count > 0 ? null : text;
        }
    }

    /// <summary>The calls that the client is to run.</summary>
    public IReadOnlyList<TranscriptCall> HandedOver => report.Turn.Progress.HandedOver ?? [];

    /// <summary>The same on the wire.</summary>
    public IReadOnlyList<CompletionCall> Calls(bool areNumbered) =>
    [
        .. HandedOver.Select((call, index) => new CompletionCall
        {
            Index = areNumbered ? index : null,
            Id = call.Id,
            Type = CompletionCall.FunctionType,
            Function = new CompletionFunction { Name = call.Name, Arguments = call.Arguments },
        }),
    ];

    /// <summary>Why there is no answer; null where there is one.</summary>
    public ProblemResult? Problem => report.Turn switch
    {
        { Status: TurnStatus.Failed } turn => TurnProblems.Failed(turn, now),
        { Status: TurnStatus.Cancelled, Reason: "emergency_stop" } turn =>
            Problems.Unavailable("stopped", turn.ReasonMessage!, extensions: Ids(turn)),
        { Status: TurnStatus.Cancelled } turn =>
            Problems.Conflict("turn_cancelled", turn.ReasonMessage ?? "The turn was cancelled.", Ids(turn)),
        { Status: TurnStatus.Running or TurnStatus.Queued } turn => Problems.Unavailable(
            "stopping", $"The service is stopping. The turn goes on when it is back, and is found at /v1/chat/turns/{turn.Id}.",
            extensions: Ids(turn)),
        _ => null,
    };

    private static JsonObject Ids(Turn turn) => new() { ["session_id"] = turn.SessionId, ["turn_id"] = turn.Id };
}

using System.Text.Json;
using ToolService.Api.Confirmations;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Selection;
using ToolService.Core.Execution;

namespace ToolService.Api.Chat;

/// <summary>A turn: what the model answered, and what it did for that.</summary>
public sealed record TurnView
{
    /// <summary>The session; send it with the next message.</summary>
    public required string SessionId { get; init; }

    /// <summary>The turn.</summary>
    public required string TurnId { get; init; }

    /// <summary>Where it stands.</summary>
    public required TurnStatus Status { get; init; }

    /// <summary>Why it is incomplete, failed or cancelled.</summary>
    public TurnReason? Reason { get; init; }

    /// <summary>The answer; for a turn that is not completed, the last text the model wrote.</summary>
    public string? Reply { get; init; }

    /// <summary>The answer as the JSON value that satisfies <c>response_schema</c>; only where that was asked for.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>The model that answers, by its name at the provider: another than the session's where that failed.</summary>
    public required string Model { get; init; }

    /// <summary>Model requests made.</summary>
    public required int Rounds { get; init; }

    /// <summary>The tools that the model was shown and why, the likeliest first; left out where it had all that the turn may use.</summary>
    public IReadOnlyList<SelectedTool>? SelectedTools { get; init; }

    /// <summary>The calls the model asked for, in its order.</summary>
    public required IReadOnlyList<TurnCallView> ToolCalls { get; init; }

    /// <summary>The calls that the turn's client is to run itself; only where the turn ended for that.</summary>
    public IReadOnlyList<RequestedCall>? ClientCalls { get; init; }

    /// <summary>What waits for a person; the turn goes on when all are decided.</summary>
    public required IReadOnlyList<ConfirmationView> PendingConfirmations { get; init; }

    /// <summary>Tokens, as far as the model tells.</summary>
    public required UsageView Usage { get; init; }

    /// <summary>Who is told of the turn; only where the turn itself is asked for.</summary>
    public CallbackView? Callback { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The turn as it is on the wire.</summary>
    public static TurnView Of(TurnReport report, string model) => new()
    {
        SessionId = report.Turn.SessionId,
        TurnId = report.Turn.Id,
        Status = report.Turn.Status,
        Reason = report.Turn is { Reason: { } code } ? new TurnReason(code, report.Turn.ReasonMessage ?? "") : null,
        Reply = report.Turn.Reply,
        Output = OutputOf(report.Turn),
        Model = model,
        Rounds = report.Turn.Rounds,
        SelectedTools = report.Turn.Progress.Selection?.Tools,
        ToolCalls = [.. report.Calls.Select(TurnCallView.Of)],
        ClientCalls = report.Turn.Progress.HandedOver?
            .Select(call => RequestedCall.Of(new ToolCall(call.Id, call.Name, call.Arguments))).ToList(),
        PendingConfirmations = [.. report.Pending.Select(ConfirmationView.Of)],
        Usage = new UsageView(report.Turn.InputTokens, report.Turn.OutputTokens, report.Turn.Cost),
        CreatedAt = report.Turn.CreatedAt,
        UpdatedAt = report.Turn.UpdatedAt,
    };

    private static JsonElement? OutputOf(Turn turn) =>
        turn is { Status: TurnStatus.Completed, Settings.ResponseSchema: not null, Reply: { } reply } ? JsonElement.Parse(reply) : null;
}

using ToolService.Core.Conversations;

namespace ToolService.Api.Completions;

/// <summary>What the service has of a completion, for clients that know this service.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="TurnId">The turn, found at <c>/v1/chat/turns/{id}</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Reason">Why it is not completed.</param>
/// <param name="PendingConfirmations">The ids of the confirmations that it waits for.</param>
public sealed record CompletionTurn(
    string SessionId, string TurnId, TurnStatus Status, string? Reason, IReadOnlyList<string>? PendingConfirmations)
{
    /// <summary>A turn as it was left.</summary>
    public static CompletionTurn Of(TurnReport report) => new(
        report.Turn.SessionId,
        report.Turn.Id,
        report.Turn.Status,
        report.Turn.Reason,
        report.Pending.Count == 0 ? null : [.. report.Pending.Select(confirmation => confirmation.Id)]);
}

using ToolService.Core.Execution;
using ToolService.Core.Storage.Rows;

namespace ToolService.Core.Storage;

/// <summary>Turns a query into conditions; what is null adds none, so that each combination is its own SQL and finds its index.</summary>
internal static class CallFilter
{
    public static IQueryable<CallRow> Apply(IQueryable<CallRow> calls, CallQuery query)
    {
        if (query.Owner is { } owner)
            calls = calls.Where(call => call.Owner == owner);
        if (Text(query.ToolName) is { } tool)
            calls = calls.Where(call => call.ToolName == tool);
        if (query.Status is { } wanted && SnakeCaseNames<CallStatus>.Of(wanted) is { } status)
            calls = calls.Where(call => call.Status == status);
        if (Text(query.SessionId) is { } session)
            calls = calls.Where(call => call.SessionId == session);
        if (Text(query.TurnId) is { } turn)
            calls = calls.Where(call => call.TurnId == turn);
        if (StoredTime.Of(query.From) is { } from)
            calls = calls.Where(call => call.CreatedAt >= from);
        if (StoredTime.Of(query.To) is { } to)
            calls = calls.Where(call => call.CreatedAt < to);
        return calls;
    }

    /// <summary>
    /// What follows the call with this time and number. One range of an index, where two conditions joined by OR would be two.
    /// </summary>
    public static IQueryable<CallRow> After(IQueryable<CallRow> calls, long createdAt, long seq) =>
        calls.Where(call => call.CreatedAt <= createdAt && (call.CreatedAt < createdAt || call.Seq < seq));

    public static IQueryable<CallRow> NewestFirst(IQueryable<CallRow> calls) =>
        calls.OrderByDescending(call => call.CreatedAt).ThenByDescending(call => call.Seq);

    public static IQueryable<ConfirmationRow> Apply(
        IQueryable<ConfirmationRow> confirmations, string? owner, ConfirmationStatus? status, string? turnId, string? after)
    {
        if (owner is not null)
            confirmations = confirmations.Where(confirmation => confirmation.Owner == owner);
        if (status is { } wanted && SnakeCaseNames<ConfirmationStatus>.Of(wanted) is { } name)
            confirmations = confirmations.Where(confirmation => confirmation.Status == name);
        if (Text(turnId) is { } turn)
            confirmations = confirmations.Where(confirmation => confirmation.TurnId == turn);
        if (Text(after) is { } last)
            confirmations = confirmations.Where(confirmation => string.Compare(confirmation.Id, last) < 0);
        return confirmations;
    }

    private static string? Text(string? text) => text is null ? null : StoredText.Of(text);
}

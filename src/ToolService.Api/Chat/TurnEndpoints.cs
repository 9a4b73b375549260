using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Conversations;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

internal static class TurnEndpoints
{
    public static void MapTurns(this IEndpointRouteBuilder app)
    {
        var turns = app.MapGroup("/v1/chat/turns").RequireScope(Scopes.Chat).WithTags("Chat").WithProblems(404);
        turns.MapGet("/{id}", GetAsync).WithSummary("A turn: where it stands, its calls, its answer");
        turns.MapGet("/{id}/events", WatchAsync)
            .WithSummary("A turn's events: those that were, then those that follow, until the turn has ended")
            .WithDescription(
                "Server-sent events after the one that `Last-Event-ID` or `after` names, the same that `POST /v1/chat` streams. " +
                "204 when there are no more; 410 when the turn ended so long ago that they were deleted.")
            .WithProblems(410);
        turns.MapPost("/{id}/cancel", CancelAsync)
            .WithSummary("Stop a turn: the model and its running tools; everything so far is kept")
            .WithDescription("Cancelling a turn that has ended changes nothing and answers how it ended.");
    }

    private static async Task<Results<Ok<TurnView>, ProblemResult>> GetAsync(
        string id, HttpContext context, IConversationStore store, TurnViews views) =>
        await FindAsync(id, context, store) is { } turn
            ? TypedResults.Ok(await views.OfAsync(turn, context.RequestAborted))
            : TurnProblems.Unknown();

    private static async Task<Results<EventStream, NoContent, ProblemResult>> WatchAsync(
        string id,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId,
        string? after,
        HttpContext context,
        IConversationStore store,
        ITurnEventStore events,
        TurnFeeds feeds)
    {
        // The header wins: a browser that comes back sends it with the URL of its first request.
        if (!TryReadSequence(string.IsNullOrEmpty(lastEventId) ? after : lastEventId, out var sequence))
            return Problems.BadRequest("invalid_request", "Last-Event-ID, or after, is the id of an event: a whole number, 0 for none.");
        if (await FindAsync(id, context, store) is not { } turn)
            return TurnProblems.Unknown();
        if (turn.EventsExpired)
            return Problems.Gone("events_expired", $"The turn's events were deleted. Its outcome is at /v1/chat/turns/{id}.");

        var last = await events.FindLastAsync(id, context.RequestAborted);
        if (sequence > last)
            return Problems.BadRequest(
                "invalid_request", $"The turn's last event so far is {last}; {sequence} is not one of its events.",
                extensions: new JsonObject { ["last_event_id"] = last });
        return turn.HasEnded && sequence == last ? TypedResults.NoContent() : new EventStream(feeds, id, sequence, untilEnded: true);
    }

    private static async Task<Results<Ok<TurnView>, ProblemResult>> CancelAsync(
        string id, HttpContext context, IConversationStore store, TurnService turns, ModelRegistry models) =>
        await FindAsync(id, context, store) is { } turn
            ? TypedResults.Ok(TurnView.Of(await turns.CancelAsync(turn, context.RequestAborted), ChatEndpoints.ModelName(models, turn)))
            : TurnProblems.Unknown();

    private static bool TryReadSequence(string? text, out int sequence)
    {
        sequence = 0;
        return text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }

    private static Task<Turn?> FindAsync(string id, HttpContext context, IConversationStore store) =>
        store.FindTurnAsync(id, context.Caller() is { SeesEverything: false, Name: var owner } ? owner : null, context.RequestAborted);
}

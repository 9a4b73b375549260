using Microsoft.AspNetCore.Http.HttpResults;
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
        turns.MapPost("/{id}/cancel", CancelAsync)
            .WithSummary("Stop a turn: the model and its running tools; everything so far is kept")
            .WithDescription("Cancelling a turn that has ended changes nothing and answers how it ended.");
    }

    private static async Task<Results<Ok<TurnView>, ProblemResult>> GetAsync(
        string id, HttpContext context, IConversationStore store, TurnService turns, ModelRegistry models) =>
        await FindAsync(id, context, store) is { } turn
            ? TypedResults.Ok(TurnView.Of(await turns.ReportAsync(turn, context.RequestAborted), ChatEndpoints.ModelName(models, turn)))
            : TurnProblems.Unknown();

    private static async Task<Results<Ok<TurnView>, ProblemResult>> CancelAsync(
        string id, HttpContext context, IConversationStore store, TurnService turns, ModelRegistry models) =>
        await FindAsync(id, context, store) is { } turn
            ? TypedResults.Ok(TurnView.Of(await turns.CancelAsync(turn, context.RequestAborted), ChatEndpoints.ModelName(models, turn)))
            : TurnProblems.Unknown();

    private static Task<Turn?> FindAsync(string id, HttpContext context, IConversationStore store) =>
        store.FindTurnAsync(id, context.Caller() is { SeesEverything: false, Name: var owner } ? owner : null, context.RequestAborted);
}

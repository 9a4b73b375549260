using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/v1/chat/sessions").RequireScope(Scopes.Chat).WithTags("Chat");
        sessions.MapGet("", ListAsync)
            .WithSummary("Sessions, last used first")
            .WithDescription("A caller sees its own; the scope `admin` sees everyone's. The next page is in the header `Link`.");
        sessions.MapGet("/{id}", GetAsync).WithSummary("One session").WithProblems(404);
        sessions.MapGet("/{id}/messages", ListMessagesAsync)
            .WithSummary("A session's messages, in order")
            .WithDescription("`after` is the position of the last message of the page before.")
            .WithProblems(404);
        sessions.MapDelete("/{id}", DeleteAsync)
            .WithSummary("Delete a session with its messages and turns; the history of its calls stays")
            .WithProblems(404, 409);
    }

    private static async Task<Results<Ok<IReadOnlyList<SessionView>>, ProblemResult>> ListAsync(
        HttpContext context, IConversationStore store, string? after, int limit = NextPage.DefaultLimit)
    {
        if (limit is < 1 or > NextPage.MaxLimit)
            return NextPage.BadLimit(limit);

        var page = await store.ListSessionsAsync(OwnerFor(context), limit, after, context.RequestAborted);
        if (page.Count == limit)
            NextPage.Link(context, page[^1].Id);
        return TypedResults.Ok<IReadOnlyList<SessionView>>([.. page.Select(SessionView.Of)]);
    }

    private static async Task<Results<Ok<SessionView>, ProblemResult>> GetAsync(string id, HttpContext context, IConversationStore store) =>
        await FindAsync(id, context, store) is { } session ? TypedResults.Ok(SessionView.Of(session)) : Unknown();

    private static async Task<Results<Ok<IReadOnlyList<MessageView>>, ProblemResult>> ListMessagesAsync(
        string id, HttpContext context, IConversationStore store, int after = -1, int limit = NextPage.DefaultLimit)
    {
        if (limit is < 1 or > NextPage.MaxLimit)
            return NextPage.BadLimit(limit);
        if (await FindAsync(id, context, store) is null)
            return Unknown();

        var page = await store.ListMessagesAsync(id, (int)Math.Min(after + 1L, int.MaxValue), limit, context.RequestAborted);
        if (page.Count == limit)
            NextPage.Link(context, page[^1].Position.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok<IReadOnlyList<MessageView>>([.. page.Select(MessageView.Of)]);
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(string id, HttpContext context, IConversationStore store)
    {
        if (await FindAsync(id, context, store) is null)
            return Unknown();

        return await store.TryDeleteSessionAsync(id) is { } busy
            ? Problems.Conflict("session_busy", $"The session is at work on turn {busy}. Cancel it first.", new JsonObject { ["turn_id"] = busy })
            : TypedResults.NoContent();
    }

    private static Task<Session?> FindAsync(string id, HttpContext context, IConversationStore store) =>
        store.FindSessionAsync(id, OwnerFor(context), context.RequestAborted);

    /// <summary>Whose records the caller sees; null for everyone's.</summary>
    private static string? OwnerFor(HttpContext context) => context.Caller() is { SeesEverything: false, Name: var owner } ? owner : null;

    private static ProblemResult Unknown() => Problems.NotFound("unknown_session", "There is no such session.");
}

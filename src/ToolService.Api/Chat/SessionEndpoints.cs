using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Conversations;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/v1/chat/sessions").RequireScope(Scopes.Chat).WithTags("Chat");
        sessions.MapGet("", ListAsync)
            .WithSummary("Sessions, last used first")
            .WithDescription("A caller sees its own; the scope `admin` sees everyone's. The next page is in the header `Link`.");
        sessions.MapPost("", CreateAsync)
            .WithSummary("Begin a session, with the history of a conversation from elsewhere")
            .WithDescription(
                "`messages` are in the form of OpenAI's chat completions: a system prompt only first, the results of calls right behind "
                + "them and in their order. What is wrong is told with its place. No call in it is run.")
            .WithExample(
                """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is 17 * 23?"},"""
                + """{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":"""
                + """{"name":"calculator","arguments":"{\"expression\":\"17 * 23\"}"}}]},"""
                + """{"role":"tool","tool_call_id":"call_1","content":"391"},{"role":"assistant","content":"391."}]}""");
        sessions.MapGet("/{id}", GetAsync).WithSummary("One session").WithProblems(404);
        sessions.MapPost("/{id}/fork", ForkAsync)
            .WithSummary("Copy a session, whole or up to a message, into a new one that goes its own way")
            .WithDescription(
                "A message that asks for calls is not copied without their results: the problem names the nearest positions that will do.")
            .WithExample("""{"at":3}""")
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
        await FindAsync(id, context, store) is { } session
            ? TypedResults.Ok(SessionView.Of(session) with
            {
                Usage = SessionUsageView.Of(await store.TotalsAsync(session.Id, context.RequestAborted)),
            })
            : Unknown();

    private static async Task<Results<Created<SessionView>, ProblemResult>> CreateAsync(
        CreateSessionRequest request,
        HttpContext context,
        SessionService sessions,
        ModelRegistry models,
        IOptions<ConversationOptions> options)
    {
        var (most, longest) = (options.Value.MaxImportedMessages, options.Value.MaxMessageCharacters);
        if (request.Messages?.Count > most)
            return Invalid(
                "/messages", "maxItems", $"There are {request.Messages.Count:N0} messages; at most {most:N0} are accepted (Chat:MaxImportedMessages).");

        var reader = new TranscriptReader(longest);
        if (request.SystemPrompt?.Length > longest)
            reader.Errors.Add("/system_prompt", "maxLength", $"The system prompt has more than {longest:N0} characters.");
        if (models.Find(request.Model) is null)
            reader.Errors.Add("/model", "enum", $"There is no such model configured; there are {string.Join(", ", models.Names)}.");
        reader.Read(request.Messages ?? []);
        if (request.SystemPrompt is not null && reader.SystemPrompt is not null)
            reader.Errors.Add("/messages/0/role", null, "The system prompt is given twice: as system_prompt, and as this message.");
        if (reader.Errors.ToProblem() is { } problem)
            return problem;

        var prompt = request.SystemPrompt ?? reader.SystemPrompt;
        return Created(await sessions.CreateAsync(context.Caller().Name, request.Model, prompt, reader.Messages));
    }

    private static async Task<Results<Created<SessionView>, ProblemResult>> ForkAsync(
        string id, ForkRequest? request, HttpContext context, IConversationStore store, SessionService sessions)
    {
        if (await FindAsync(id, context, store) is not { } source)
            return Unknown();

        var result = await sessions.ForkAsync(source, request?.At, context.RequestAborted);
        if (result.Session is { } fork)
            return Created(fork);
        return result.Nearest is { } nearest ? CannotFork(source, request?.At, nearest) : Unknown();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(string id, HttpContext context, IConversationStore store)
    {
        if (await FindAsync(id, context, store) is null)
            return Unknown();

        return await store.TryDeleteSessionAsync(id) is { } busy
            ? Problems.Conflict("session_busy", $"The session is at work on turn {busy}. Cancel it first.", new JsonObject { ["turn_id"] = busy })
            : TypedResults.NoContent();
    }

    /// <summary>The session, if the caller may see it.</summary>
    public static Task<Session?> FindAsync(string id, HttpContext context, IConversationStore store) =>
        store.FindSessionAsync(id, OwnerFor(context), context.RequestAborted);

    /// <summary>Whose records the caller sees; null for everyone's.</summary>
    private static string? OwnerFor(HttpContext context) => context.Caller() is { SeesEverything: false, Name: var owner } ? owner : null;

    /// <summary>There is no such session, or it is someone else's.</summary>
    public static ProblemResult Unknown() => Problems.NotFound("unknown_session", "There is no such session.");

    private static Created<SessionView> Created(Session session) =>
        TypedResults.Created(
            $"/v1/chat/sessions/{session.Id}", SessionView.Of(session) with { Usage = SessionUsageView.Of(new SessionTotals(0, 0, 0, null)) });

    private static ProblemResult CannotFork(Session source, int? at, IReadOnlyList<int> nearest)
    {
        var why = at is { } position && (position < 0 || position >= source.MessageCount)
            ? $"The session has no message at position {position}"
            : $"The message at position {at ?? source.MessageCount - 1} asks for calls, whose results would be missing";
        return Invalid("/at", null, nearest.Count == 0 ? $"{why}." : $"{why}. The nearest that will do: {string.Join(", ", nearest)}.");
    }

    private static ProblemResult Invalid(string pointer, string? keyword, string message) =>
        Problems.BadRequest("invalid_request", message, [new ProblemError(pointer, keyword, message)]);
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using ToolService.Api.Admin;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Api.Sources;
using ToolService.Core.Conversations;
using ToolService.Core.Conversations.Callbacks;
using ToolService.Core.Execution;
using ToolService.Core.Models;

namespace ToolService.Api.Chat;

internal static class ChatEndpoints
{
    public static void MapChat(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/chat", ChatAsync)
            .RequireScope(Scopes.Chat)
            .WithTags("Chat")
            .WithSummary("Ask a model; the service runs the tools it asks for, until there is an answer")
            .WithDescription(
                "With `stream: true`, or `Accept: text/event-stream`, the turn's events arrive as they happen: turn_started, content, tool_calls, tool_result, " +
                "confirmation_required, notice, done, error. With `background: true`, or `Prefer: respond-async`, the answer is a 202 that says where the " +
                "turn is found. A client that goes away does not stop the turn: it goes on at /v1/chat/turns/{id}/events.")
            .WithProblems(404, 409, 502, 503)
            .WithExample("""{"message":"What is 17 * 23, and what time is it in Tokyo?"}""")
            .LoadsSources();

    private static async Task<Results<Ok<TurnView>, Accepted<TurnView>, EventStream, ProblemResult>> ChatAsync(
        ChatRequest request,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        [FromHeader(Name = "Prefer")] string? prefer,
        HttpContext context,
        TurnService turns,
        TurnFeeds feeds,
        EmergencyStop stop,
        ModelRegistry models,
        TurnViews views,
        CallbackUrls callbackUrls,
        ChatRequestCheck check,
        ChatFiles files,
        TimeProvider time)
    {
        if ((check.Find(request) ?? files.Find(request) ?? IdempotencyKey.Check(idempotencyKey)) is { } invalid)
            return invalid;

        var wantsEvents = request.Stream || WantsEvents(context.Request);
        // A preference gives way to a stream, which was asked for; the request's own member does not.
        var isInBackground = request.Background || (!wantsEvents && Preference.Names(prefer, Preference.Asynchronous));
        var asked = Asked(request, context.Caller().Name, idempotencyKey, isInBackground);
        // A repetition is answered by its turn, whatever has become of the addresses that it names.
        if (await turns.FindStartAsync(asked, context.RequestAborted) is not { } start)
        {
            if (request.CallbackUrl is { } url && await callbackUrls.RefusalAsync(url, context.RequestAborted) is { } refusal)
                return ChatRequestCheck.Invalid("/callback_url", null, refusal);
            var (read, unreadable) = await files.ReadAsync(asked.Attachments, context.RequestAborted);
            if (unreadable is not null)
                return unreadable;
            start = await turns.StartAsync(asked with { Files = read }, context.RequestAborted);
        }

        if (start.IsRepeat)
            IdempotencyKey.MarkReplayed(context);
        if (start.Background is { } turn)
            return await AcceptAsync(turn, context, views);
        if (start.Run is not { } run)
            return Refuse(start, request.Model, models, stop);
        if (wantsEvents)
            return new EventStream(feeds, run.Id);

        // The turn goes on when the client leaves; only this wait for it ends.
        var report = await run.Completion.WaitAsync(context.RequestAborted);
        return report.Turn.Status is TurnStatus.Failed
            ? TurnProblems.Failed(report.Turn, time.GetUtcNow())
            : TypedResults.Ok(TurnView.Of(report, ModelName(models, report.Turn)));
    }

    private static TurnRequest Asked(ChatRequest request, string owner, string? idempotencyKey, bool isInBackground) => new(owner, request.Message)
    {
        Attachments = ChatFiles.Asked(request),
        SessionId = request.SessionId,
        SystemPrompt = request.SystemPrompt,
        Model = request.Model,
        Tools = request.Tools,
        MaxRounds = request.MaxRounds,
        Settings = SettingsOf(request),
        IdempotencyKey = idempotencyKey,
        ContinuePrevious = request.ContinuePrevious,
        CallbackUrl = request.CallbackUrl?.Trim(),
        Background = isInBackground,
    };

    private static TurnSettings SettingsOf(ChatRequest request) => new()
    {
        ToolChoice = request.ToolChoice,
        ParallelToolCalls = request.ParallelToolCalls,
        Temperature = request.Temperature,
        MaxOutputTokens = request.MaxOutputTokens,
        ResponseSchema = request.ResponseSchema,
        Plan = request.Plan,
        Refine = request.Refine,
    };

    /// <summary>What the model that answers calls itself: for the demo model, that it is one.</summary>
    public static string ModelName(ModelRegistry models, Turn turn)
    {
        var name = turn.Progress.FallbackModel ?? turn.Model;
        return models.Find(name)?.ModelId ?? name;
    }

    private static async Task<Results<Ok<TurnView>, Accepted<TurnView>, EventStream, ProblemResult>> AcceptAsync(
        Turn turn, HttpContext context, TurnViews views)
    {
        var view = await views.OfAsync(turn, context.RequestAborted);
        if (turn.HasEnded)
            return TypedResults.Ok(view);

        context.Response.Headers["Preference-Applied"] = Preference.Asynchronous;
        return TypedResults.Accepted($"/v1/chat/turns/{turn.Id}", view);
    }

    /// <summary>Why a turn did not begin.</summary>
    public static ProblemResult Refuse(TurnStart start, string? model, ModelRegistry models, EmergencyStop stop) => start.Refusal switch
    {
        TurnRefusal.SessionNotFound => Problems.NotFound("unknown_session", "There is no such session. Leave session_id out to begin a new one."),
        TurnRefusal.SessionBusy => Problems.Conflict(
            "session_busy",
            $"The session is at work on turn {start.OtherTurnId}. Wait for it, or cancel it.",
            new JsonObject { ["turn_id"] = start.OtherTurnId }),
        TurnRefusal.KeyReused => Problems.Conflict(
            "idempotency_key_reused",
            $"The Idempotency-Key came with another request, of turn {start.OtherTurnId}. Take a new key for a new request.",
            new JsonObject { ["turn_id"] = start.OtherTurnId }),
        TurnRefusal.UnknownModel => ChatRequestCheck.Invalid("/model", "enum", $"No model is configured as '{model}'; there are {string.Join(", ", models.Names)}."),
        TurnRefusal.ImagesNotRead => ChatRequestCheck.Invalid(
            "/attachments", null, "The model of this turn reads no pictures. Choose another model, or send text."),
        TurnRefusal.Stopped => StoppedProblems.Of(stop.State),
        _ => Problems.Unavailable("stopping", "The service is stopping. Try again when it is back."),
    };

    private static bool WantsEvents(HttpRequest request) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accept
        && accept.OrderByDescending(type => type.Quality ?? 1).First().IsSubsetOf(new MediaTypeHeaderValue("text/event-stream"));
}

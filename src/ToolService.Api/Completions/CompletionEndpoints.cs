using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ToolService.Api.Chat;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Api.Sources;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Models;

namespace ToolService.Api.Completions;

internal static class CompletionEndpoints
{
    public static void MapCompletions(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/chat/completions", CompleteAsync)
            .RequireScope(Scopes.Chat)
            .WithTags("Completions")
            .WithMetadata(CompletionProblems.Form)
            .WithSummary("OpenAI's chat completions: the service's tools run here, the client's are handed back")
            .WithDescription(
                "What OpenAI's clients send. The model is offered the service's tools and those in `tools`. It may ask for both in one round: "
                + "the service runs its own, and answers with the calls of the client's and `finish_reason` `tool_calls`. With `stream: true` "
                + "the answer comes in chunks. Each request is a turn of a session, named in the headers `X-Session-Id` and `X-Turn-Id`. A "
                + "client that goes away stops its turn, unless the request had an `Idempotency-Key`. Problems are in OpenAI's form.")
            .WithProblems(404, 409, 502, 503)
            .WithExample("""{"model":"demo","messages":[{"role":"user","content":"What is 17 * 23?"}]}""")
            .LoadsSources();

    private static async Task<Results<Ok<Completion>, CompletionStream, ProblemResult>> CompleteAsync(
        CompletionRequest request,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        HttpContext context,
        TurnService turns,
        TurnFeeds feeds,
        EmergencyStop stop,
        ModelRegistry models,
        CompletionReader reader,
        IOptions<ConversationOptions> options)
    {
        if (IdempotencyKey.Check(idempotencyKey) is { } badKey)
            return badKey;
        var (asked, problem) = await reader.ReadAsync(request, context.Caller().Name, idempotencyKey, context.RequestAborted);
        if (asked is null)
            return problem!;

        var start = await turns.StartAsync(asked, context.RequestAborted);
        if (start.IsRepeat)
            IdempotencyKey.MarkReplayed(context);
        if (start.Run is not { } run)
            return ChatEndpoints.Refuse(start, asked.Model, models, stop);

        context.Response.Headers["X-Session-Id"] = start.SessionId;
        context.Response.Headers["X-Turn-Id"] = run.Id;
        if (request.Stream is true)
            return new CompletionStream(
                run, asked, start.IsRepeat, feeds, turns, models.Find(asked.Model)!.ModelId, request.StreamOptions?.IncludeUsage is true,
                isRefined: asked.Settings.Refine ?? options.Value.Convergence.Refinement);

        return await AnswerAsync(await WaitAsync(context, run, asked, turns), context, asked, turns, models);
    }

    /// <summary>A completion's id.</summary>
    public static string IdOf(string turnId) => $"chatcmpl-{turnId}";

    /// <summary>Ends the request of a client that has left: its turn has nobody to answer, unless it can be asked for again.</summary>
    public static void Leave(HttpContext context, TurnRun run, TurnRequest asked, TurnService turns)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        if (asked.IdempotencyKey is null && !stopping.IsCancellationRequested)
            turns.Abandon(run.Id);
        context.Abort();
    }

    /// <summary>Asks clients not to send a request again by themselves, whose turn may have had effects.</summary>
    public static void MarkFailed(HttpContext context, Turn turn)
    {
        if (turn.ToolCalls > 0 && !context.Response.HasStarted)
            context.Response.Headers["x-should-retry"] = "false";
    }

    private static async Task<TurnReport> WaitAsync(HttpContext context, TurnRun run, TurnRequest asked, TurnService turns)
    {
        try
        {
            return await run.Completion.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Leave(context, run, asked, turns);
            throw;
        }
    }

    private static async Task<Results<Ok<Completion>, CompletionStream, ProblemResult>> AnswerAsync(
        TurnReport report, HttpContext context, TurnRequest asked, TurnService turns, ModelRegistry models)
    {
        var answer = new CompletionAnswer(report, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (answer.Problem is { } failed)
        {
            MarkFailed(context, report.Turn);
            return failed;
        }

        var shown = new TranscriptMessage(ChatRole.Assistant, answer.Text) { Calls = answer.HandedOver };
        await turns.NoteShownAsync(report.Turn, asked.Conversation!, shown);
        var calls = answer.Calls(areNumbered: false);
        var message = new Completion.CompletionAnswerMessage("assistant", answer.Text, null, calls.Count == 0 ? null : calls);
        return TypedResults.Ok(new Completion
        {
            Id = IdOf(report.Turn.Id),
            Created = report.Turn.CreatedAt.ToUnixTimeSeconds(),
            Model = ChatEndpoints.ModelName(models, report.Turn),
            Choices = [new Completion.CompletionChoice(0, message, null, answer.FinishReason)],
            Usage = CompletionUsage.Of(report.Turn),
            Toolservice = CompletionTurn.Of(report),
        });
    }
}

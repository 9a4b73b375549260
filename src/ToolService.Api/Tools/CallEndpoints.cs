using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ToolService.Api.Admin;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;

namespace ToolService.Api.Tools;

internal static class CallEndpoints
{
    private const string NoArguments = "{}";

    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        var calls = app.MapGroup("/v1/tools/call").RequireScope(Scopes.Tools).WithTags("Tools");
        calls.MapPost("", CallAsync)
            .WithSummary("Run a tool: its arguments are checked, the call is recorded, the result comes back")
            .WithDescription("A failure of the tool itself is a 200 with `success: false`. A call that a person must approve first is a 202.")
            .WithProblems(404, 409, 410, 503)
            .WithExample(
                """{"tool_name":"calculator","arguments":{"expression":"(1 + 2) * 3 ^ 2"}}""",
                """{"success":true,"result":27,"call_id":"call_0193d6f0a5f07c0a8d6b0f4e8f6f0001","tool_name":"calculator","status":"succeeded","execution_time_ms":0.2,"attempts":1}""");
        calls.MapPost("/batch", CallBatchAsync)
            .WithSummary("Run several tools in parallel: one result per call, in their order")
            .WithExample("""{"calls":[{"tool_name":"calculator","arguments":{"expression":"17 * 23"}},{"tool_name":"current_time","arguments":{"time_zone":"Asia/Tokyo"}}]}""")
            .WithProblems(503);
    }

    private static async Task<Results<Ok<CallResponse>, Accepted<CallResponse>, ProblemResult>> CallAsync(
        CallRequest request,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpContext context,
        SafeExecutor executor,
        EmergencyStop stop,
        IConversationStore sessions)
    {
        if (request.CallId is not null && idempotencyKey is not null && request.CallId != idempotencyKey)
            return Problems.BadRequest("invalid_request", "The header Idempotency-Key and the member call_id name different calls; send one of them.");

        request = request with { CallId = request.CallId ?? idempotencyKey };
        var caller = context.Caller();
        if (await CheckAsync(request, "", caller, sessions, context.RequestAborted) is { } problem)
            return problem;

        var result = await executor.ExecuteAsync(ToCall(request), ContextOf(request, caller), context.RequestAborted);
        if (WasStopped(result))
            return StoppedProblems.Of(stop.State);
        if (CallProblems.Of(result) is { } refused)
            return refused;
        return result.IsPending
            ? TypedResults.Accepted($"/v1/confirmations/{result.Confirmation?.Id}", CallResponse.Of(result))
            : TypedResults.Ok(CallResponse.Of(result));
    }

    private static async Task<Results<Ok<BatchResponse>, ProblemResult>> CallBatchAsync(
        BatchRequest request, HttpContext context, SafeExecutor executor, EmergencyStop stop, IConversationStore sessions)
    {
        if (request.Calls.Count is 0 or > BatchRequest.MaxCalls)
            return Problems.BadRequest("invalid_request", $"A batch has 1 to {BatchRequest.MaxCalls} calls, this one has {request.Calls.Count}.");

        var caller = context.Caller();
        for (var i = 0; i < request.Calls.Count; i++)
            if (await CheckAsync(request.Calls[i], $"/calls/{i}", caller, sessions, context.RequestAborted) is { } problem)
                return problem;

        var results = await executor.ExecuteAllAsync(
            [.. request.Calls.Select(call => (ToCall(call), ContextOf(call, caller)))], cancellationToken: context.RequestAborted);
        return results.All(WasStopped)
            ? StoppedProblems.Of(stop.State)
            : TypedResults.Ok(new BatchResponse([.. results.Select(CallResponse.Of)]));
    }

    private static async Task<ProblemResult?> CheckAsync(
        CallRequest? request, string pointer, Caller caller, IConversationStore sessions, CancellationToken cancellationToken)
    {
        // The serializer checks members, and not what lists hold.
        if (request is null)
            return Problems.BadRequest("invalid_request", "A call is an object, not null.", [new ProblemError(pointer, "type", "Must be an object.")]);
        if (request.CallId is { } id && !Ids.IsValidCallId(id))
        {
            var message = $"A call id is 1 to {Ids.MaxCallIdLength} of letters, digits, '_' and '-'.";
            return Problems.BadRequest("invalid_request", message, [new ProblemError($"{pointer}/call_id", "pattern", message)]);
        }

        if (request.SessionId is { } session && await sessions.FindSessionAsync(session, caller.Name, cancellationToken) is null)
            return Problems.NotFound("unknown_session", "There is no such session.");
        return null;
    }

    private static bool WasStopped(ToolResult result) => result.Call.Error is { Code: ToolErrorCode.Stopped };

    private static ToolCall ToCall(CallRequest request) =>
        new(request.CallId ?? Ids.NewCall(), request.ToolName, request.Arguments?.GetRawText() ?? NoArguments);

    private static CallContext ContextOf(CallRequest request, Caller caller) =>
        new(caller.Name, CallOrigin.Api) { SessionId = request.SessionId, MayExist = request.CallId is not null };
}

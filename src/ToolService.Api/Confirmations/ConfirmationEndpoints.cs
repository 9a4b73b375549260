using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ToolService.Api.Admin;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Api.Hosting.Security;
using ToolService.Api.Tools;
using ToolService.Core;
using ToolService.Core.Execution;
using ToolService.Core.Tools;

namespace ToolService.Api.Confirmations;

internal static class ConfirmationEndpoints
{
    private const int MaxReasonCharacters = 2000;

    public static void MapConfirmations(this IEndpointRouteBuilder app)
    {
        var confirmations = app.MapGroup("/v1/confirmations").RequireScope(Scopes.Confirmations, Scopes.Approve).WithTags("Confirmations");
        confirmations.MapGet("", ListAsync)
            .WithSummary("Calls that wait for a decision, or waited, newest first")
            .WithDescription("A caller sees those of its own calls; the scope `approve` sees everyone's.");
        confirmations.MapGet("/{id}", GetAsync).WithSummary("One confirmation").WithProblems(404);
        confirmations.MapPost("/{id}", DecideAsync)
            .WithSummary("Approve or deny: an approval runs the call and answers with its result")
            .WithDescription(
                "The first decision wins: a second is a 409, a late one a 410. A turn that waits goes on by itself: ask for it by its id. " +
                "The same decision sent again with the same `Idempotency-Key` is answered with what came of the first. " +
                "Where a running tool asks (`elicitation`), approving sends the answer as `arguments`, and the confirmation comes back. " +
                "A 409 `tool_changed` lists in `changes` in what the tool is no longer the one that was shown.")
            .WithProblems(404, 409, 410, 503)
            .WithExample("""{"decision":"approve","reason":"checked with the customer"}""");
    }

    private static async Task<Results<Ok<IReadOnlyList<ConfirmationView>>, ProblemResult>> ListAsync(
        HttpContext context, ICallStore store, string? status, string? after, int limit = NextPage.DefaultLimit)
    {
        if (limit is < 1 or > NextPage.MaxLimit)
            return NextPage.BadLimit(limit);
        ConfirmationStatus parsed = default;
        if (status is not null && !SnakeCaseNames<ConfirmationStatus>.TryParse(status, out parsed))
            return Problems.BadRequest(
                "invalid_request", $"There is no status '{status}'; choose one of {string.Join(", ", SnakeCaseNames<ConfirmationStatus>.All)}.");

        var caller = context.Caller();
        var page = await store.ListConfirmationsAsync(
            SeesAll(caller) ? null : caller.Name, status is null ? null : parsed, null, limit, after, context.RequestAborted);
        if (page.Count == limit)
            NextPage.Link(context, page[^1].Id);
        return TypedResults.Ok<IReadOnlyList<ConfirmationView>>([.. page.Select(ConfirmationView.Of)]);
    }

    private static async Task<Results<Ok<ConfirmationView>, ProblemResult>> GetAsync(string id, HttpContext context, ICallStore store) =>
        await FindAsync(id, context, store) is { } confirmation ? TypedResults.Ok(ConfirmationView.Of(confirmation)) : Unknown();

    private static async Task<Results<Ok<CallResponse>, Ok<ConfirmationView>, ProblemResult>> DecideAsync(
        string id,
        DecisionRequest request,
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        HttpContext context,
        ICallStore store,
        ConfirmationService confirmations,
        EmergencyStop stop)
    {
        if (IdempotencyKey.Check(idempotencyKey) is { } malformed)
            return malformed;
        if (request is { Decision: DecisionKind.Deny, Arguments: not null })
            return Problems.BadRequest("invalid_request", "A denial takes no arguments.", [new ProblemError("/arguments", null, "Leave it out.")]);
        if (request.Reason?.Length > MaxReasonCharacters)
            return Problems.BadRequest(
                "invalid_request", $"A reason has at most {MaxReasonCharacters} characters.", [new ProblemError("/reason", "maxLength", "Too long.")]);
        if (await FindAsync(id, context, store) is not { } confirmation)
            return Unknown();

        var decision = new Decision(
            request.Decision is DecisionKind.Approve, context.Caller().Name, request.Reason, request.Arguments?.GetRawText())
        {
            IdempotencyKey = idempotencyKey,
        };
        // Not the request's token: an approved call runs to its end though the person who approved it closes the page.
        var result = await confirmations.DecideAsync(confirmation, decision, CancellationToken.None);
        if (result.IsRepeat)
            IdempotencyKey.MarkReplayed(context);
        return result.Outcome switch
        {
            DecisionOutcome.Decided when result.Result is null => TypedResults.Ok(ConfirmationView.Of(result.Confirmation)),
            DecisionOutcome.Decided => TypedResults.Ok(CallResponse.Of(result.Result!.Call, result.Confirmation)),
            DecisionOutcome.AlreadyDecided => Problems.Conflict(
                "already_decided", $"The confirmation is {SnakeCaseNames<ConfirmationStatus>.Of(result.Confirmation.Status)} already.", Describe(result.Confirmation)),
            DecisionOutcome.Expired => Problems.Gone(
                "confirmation_expired",
                result.Confirmation.Elicitation is null ? "Nobody decided in time; the call did not run." : "Nobody waits for the answer any more.",
                Describe(result.Confirmation)),
            DecisionOutcome.ToolChanged => Problems.Conflict("tool_changed", result.Error!.Message, DescribeChanges(result.Confirmation)),
            DecisionOutcome.KeyReused => Problems.Conflict(
                "idempotency_key_reused",
                "The Idempotency-Key came with another decision on this confirmation, which stands.",
                Describe(result.Confirmation)),
            DecisionOutcome.Stopped => StoppedProblems.Of(stop.State),
            DecisionOutcome.Unavailable => Problems.Unavailable("unavailable", result.Error!.Message),
            _ => Problems.BadRequest("invalid_arguments", result.Error!.Message, CallError.Places(result.Error.Errors)),
        };
    }

    private static async Task<Confirmation?> FindAsync(string id, HttpContext context, ICallStore store)
    {
        var caller = context.Caller();
        var confirmation = await store.FindConfirmationAsync(id, context.RequestAborted);
        return confirmation is not null && (SeesAll(caller) || confirmation.Owner == caller.Name) ? confirmation : null;
    }

    private static bool SeesAll(Caller caller) => caller.SeesEverything || caller.Scopes.Contains(Scopes.Approve);

    private static ProblemResult Unknown() => Problems.NotFound("unknown_confirmation", "There is no such confirmation.");

    private static JsonObject DescribeChanges(Confirmation confirmation)
    {
        var description = Describe(confirmation);
        description["changes"] = new JsonArray([.. confirmation.Changes.Select(Describe)]);
        return description;
    }

    private static JsonNode Describe(DefinitionChange change)
    {
        var description = new JsonObject { ["pointer"] = change.Pointer };
        if (change.Was is { } was)
            description["was"] = JsonNode.Parse(was);
        if (change.Is is { } now)
            description["is"] = JsonNode.Parse(now);
        return description;
    }

    private static JsonObject Describe(Confirmation confirmation) => new()
    {
        ["confirmation_status"] = SnakeCaseNames<ConfirmationStatus>.Of(confirmation.Status),
        ["decided_by"] = confirmation.DecidedBy,
        ["decided_at"] = confirmation.DecidedAt is { } decided ? WireTime.Of(decided) : null,
        ["turn_id"] = confirmation.TurnId,
    };
}

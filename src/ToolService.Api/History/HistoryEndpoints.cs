using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Execution;

namespace ToolService.Api.History;

internal static class HistoryEndpoints
{
    /// <summary>Longer arguments and results stand in the single record only, or a page of a thousand could be gigabytes.</summary>
    private const int LongestInList = 10_000;

    public static void MapHistory(this IEndpointRouteBuilder app)
    {
        var history = app.MapGroup("/v1/tools/history").RequireScope(Scopes.Tools).WithTags("History");
        history.MapGet("", ListAsync)
            .WithSummary("Calls, newest first: from every path, also those that were refused")
            .WithDescription("The next page is in the header `Link`. A caller sees its own calls; the scope `admin` sees everyone's.");
        history.MapGet("/stats", SummarizeAsync)
            .WithSummary("Counts, failure rate and execution times per tool")
            .WithDescription("Without `from`, the last 24 hours.");
        history.MapGet("/{call_id}", GetAsync).WithSummary("One call, whole").WithProblems(404);
    }

    private static async Task<Results<Ok<IReadOnlyList<CallView>>, ProblemResult>> ListAsync(
        [AsParameters] HistoryFilter filter, HttpContext context, ICallStore store, long? after, int limit = NextPage.DefaultLimit)
    {
        if (filter.TryRead(context.Caller(), out var query) is { } problem)
            return problem;
        if (limit is < 1 or > NextPage.MaxLimit)
            return NextPage.BadLimit(limit);

        var page = await store.ListAsync(query with { After = after, Limit = limit }, context.RequestAborted);
        if (page.Next is { } next)
            NextPage.Link(context, next.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Ok<IReadOnlyList<CallView>>([.. page.Calls.Select(call => CallView.Of(call, LongestInList))]);
    }

    private static async Task<Results<Ok<IReadOnlyList<ToolStatisticsView>>, ProblemResult>> SummarizeAsync(
        [AsParameters] HistoryFilter filter, HttpContext context, ICallStore store, TimeProvider time)
    {
        if (filter.TryRead(context.Caller(), out var query) is { } problem)
            return problem;

        var tools = await store.SummarizeAsync(query with { From = query.From ?? time.GetUtcNow().AddDays(-1) }, context.RequestAborted);
        return TypedResults.Ok<IReadOnlyList<ToolStatisticsView>>([.. tools.Select(ToolStatisticsView.Of)]);
    }

    private static async Task<Results<Ok<CallView>, ProblemResult>> GetAsync(
        [FromRoute(Name = "call_id")] string callId, HttpContext context, ICallStore store)
    {
        var caller = context.Caller();
        var call = await store.FindAsync(callId, caller.Name, context.RequestAborted);
        if (call is null && caller.SeesEverything)
            call = await store.FindAsync(callId, null, context.RequestAborted);
        if (call is null)
            return Problems.NotFound("unknown_call", "There is no such call.");

        var confirmation = call.ConfirmationId is { } id ? await store.FindConfirmationAsync(id, context.RequestAborted) : null;
        return TypedResults.Ok(CallView.Of(call) with { OriginalArguments = RawJson.Of(confirmation?.OriginalArguments) });
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;

namespace ToolService.Api.Sources;

internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder app)
    {
        var sources = app.MapGroup("/v1/sources").WithTags("Sources");
        sources.MapGet("", List)
            .RequireScope(Scopes.Tools)
            .WithSummary("Where tools come from: each source's state, last error, tools, and what is held back")
            .WithDescription("Nothing is reached by this: a source is `idle` until somebody lists or calls tools.");
        sources.MapGet("/{name}", Get).RequireScope(Scopes.Tools).WithSummary("One source, as it is at the moment").WithProblems(404);
        sources.MapDelete("/{name}", RemoveAsync)
            .RequireScope(Scopes.Admin)
            .WithSummary("Take a source and its tools away that was added while the service ran")
            .WithProblems(404, 409);
        sources.MapPost("/{name}/refresh", RefreshAsync)
            .RequireScope(Scopes.Admin)
            .WithSummary("Load a source's tools now")
            .WithProblems(404, 503);
        sources.MapPost("/{name}/tools/{tool}/approve", ApproveAsync)
            .RequireScope(Scopes.Admin)
            .WithSummary("Let a tool be used whose definition its source has changed")
            .WithDescription("`definition_hash` is the one that GET /v1/sources/{name} shows under `held`: what was not seen is not approved.")
            .WithProblems(404, 409)
            .WithExample("""{"definition_hash":"5f2c8c3f0d1d5f1c6a1e0b4f0e8f6f0c2d3b4a5968778695a4b3c2d1e0f90817"}""");
    }

    /// <summary>Has the sources loaded before the endpoint looks at the catalog.</summary>
    public static RouteHandlerBuilder LoadsSources(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        await context.RequestServices.GetRequiredService<ToolSources>().LoadAsync(context.RequestAborted);
        return await next(invocation);
    });

    /// <summary>No source has this name.</summary>
    public static ProblemResult Unknown() => Problems.NotFound("unknown_source", "There is no such source; GET /v1/sources lists them.");

    private static Ok<IReadOnlyList<SourceView>> List(ToolSources sources, ToolRegistry registry)
    {
        var loaded = sources.List();
        var names = loaded.Select(source => source.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fixedOnes = registry.Current.Tools.Where(tool => !names.Contains(tool.Source)).GroupBy(tool => tool.Source).Select(OfFixed);
        return TypedResults.Ok<IReadOnlyList<SourceView>>(
            [.. loaded.Concat(fixedOnes).OrderBy(source => source.Name, StringComparer.Ordinal).Select(SourceView.Of)]);
    }

    private static Results<Ok<SourceView>, ProblemResult> Get(string name, ToolSources sources, ToolRegistry registry) =>
        Find(name, sources, registry) is { } found ? TypedResults.Ok(SourceView.Of(found)) : Unknown();

    private static async Task<Results<NoContent, ProblemResult>> RemoveAsync(
        string name, ToolSources sources, ToolRegistry registry, IEnumerable<IRemovableSources> removable)
    {
        if (Find(name, sources, registry) is not { } source)
            return Unknown();

        foreach (var kind in removable.Where(kind => kind.Kind == source.Kind))
            if (await kind.RemoveAsync(source.Name))
                return TypedResults.NoContent();
        return Problems.Conflict(
            "source_not_removable",
            $"'{source.Name}' was not added while the service ran: it is configured, or the service's own. Tools:Denied hides single tools.");
    }

    private static async Task<Results<Ok<SourceView>, ProblemResult>> RefreshAsync(
        string name, HttpContext context, ToolSources sources, ToolRegistry registry) =>
        (await sources.RefreshAsync(name, context.RequestAborted) ?? Find(name, sources, registry)) switch
        {
            null => Unknown(),
            { State: SourceState.Failed } failed => Problems.Unavailable(
                "source_failed", $"The source '{failed.Name}' could not be loaded. {failed.Error}"),
            var status => TypedResults.Ok(SourceView.Of(status)),
        };

    private static async Task<Results<Ok<SourceView>, ProblemResult>> ApproveAsync(
        string name, string tool, ApprovalRequest request, HttpContext context, ToolSources sources) =>
        await sources.ApproveAsync(name, tool, request.DefinitionHash, context.Caller().Name) switch
        {
            ApprovalOutcome.Approved => TypedResults.Ok(SourceView.Of(sources.Find(name)!)),
            ApprovalOutcome.Changed => Problems.Conflict(
                "definition_changed", "The tool's definition is not the one with this hash; look at the source again."),
            _ => Problems.NotFound("unknown_tool", "No tool of this name is held back from this source."),
        };

    private static SourceStatus? Find(string name, ToolSources sources, ToolRegistry registry) => sources.Find(name)
        ?? registry.Current.Tools.GroupBy(tool => tool.Source).Where(group => group.Key == name).Select(OfFixed).FirstOrDefault();

    // Sources that are in the service's own process are there as soon as it runs.
    private static SourceStatus OfFixed(IGrouping<string, Tool> tools) => new(tools.Key, tools.Key, SourceState.Ready, tools.Count());
}

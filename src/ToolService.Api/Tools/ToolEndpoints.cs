using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core;
using ToolService.Core.Execution;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Sources;

namespace ToolService.Api.Tools;

internal static class ToolEndpoints
{
    public static void MapTools(this IEndpointRouteBuilder app)
    {
        var tools = app.MapGroup("/v1/tools").RequireScope(Scopes.Tools).WithTags("Tools");
        tools.MapGet("", ListAsync)
            .WithSummary("The tools that may be used, by name, in the service's own form or a provider's")
            .WithDescription("`format` is native (default), openai, openai_responses, anthropic or mcp. `query` finds words in names and descriptions, `tag` filters by tag.");
        tools.MapGet("/{name}", GetAsync)
            .WithSummary("One tool, with its parameters and what applies to it")
            .WithDescription("`schema_changes` lists, as `pointer` and `message`, what its schema said otherwise before it was read; absent where nothing was changed.")
            .WithProblems(404);
        tools.MapGet("/{name}/schema", GetSchemaAsync).WithSummary("One tool as a provider's API takes it; by default OpenAI's").WithProblems(404);
    }

    private static async Task<Results<Ok<IReadOnlyList<JsonElement>>, ProblemResult>> ListAsync(
        HttpContext context, ToolRegistry registry, ToolSources sources, ToolAccess access, string? format, string? query, string? tag,
        string? after, int limit = NextPage.MaxLimit)
    {
        if (!TryParse(format, ToolFormat.Native, out var parsed))
            return UnknownFormat(format);
        if (limit is < 1 or > NextPage.MaxLimit)
            return NextPage.BadLimit(limit);

        await sources.LoadAsync(context.RequestAborted);
        var found = access.Filter(registry.Current)
            .Where(tool => tag is null || tool.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))
            .Where(tool => query is null || Matches(tool, query))
            .Where(tool => after is null || string.CompareOrdinal(tool.Name, after) > 0)
            .Take(limit + 1)
            .ToList();
        if (found.Count > limit)
            NextPage.Link(context, found[limit - 1].Name);
        return TypedResults.Ok<IReadOnlyList<JsonElement>>([.. found.Take(limit).Select(tool => Render(tool, parsed))]);
    }

    private static Task<Results<Ok<JsonElement>, ProblemResult>> GetAsync(
        string name, HttpContext context, ToolFinder finder, ToolRegistry registry, ToolAccess access) =>
        FindAsync(name, ToolFormat.Native, context, finder, registry, access);

    private static async Task<Results<Ok<JsonElement>, ProblemResult>> GetSchemaAsync(
        string name, string? format, HttpContext context, ToolFinder finder, ToolRegistry registry, ToolAccess access) =>
        TryParse(format, ToolFormat.Openai, out var parsed)
            ? await FindAsync(name, parsed, context, finder, registry, access)
            : UnknownFormat(format);

    private static async Task<Results<Ok<JsonElement>, ProblemResult>> FindAsync(
        string name, ToolFormat format, HttpContext context, ToolFinder finder, ToolRegistry registry, ToolAccess access)
    {
        if (await finder.FindAsync(name, inTurn: false, context.RequestAborted) is { } tool && access.IsAllowed(tool.Name))
            return TypedResults.Ok(Render(tool, format));

        var near = registry.Current.NearestNames(name).Where(candidate => access.IsAllowed(candidate)).ToList();
        return Problems.NotFound(
            "unknown_tool", near.Count == 0 ? "There is no such tool; GET /v1/tools lists them." : $"There is no such tool. Did you mean {string.Join(" or ", near)}?");
    }

    private static JsonElement Render(Tool tool, ToolFormat format) => ToolRenderer.Render(tool, format, tool.Policy.RequiresConfirmation);

    private static bool Matches(Tool tool, string query) =>
        query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).All(word =>
            tool.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || tool.Description.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool TryParse(string? text, ToolFormat byDefault, out ToolFormat format)
    {
        format = byDefault;
        return text is null || SnakeCaseNames<ToolFormat>.TryParse(text, out format);
    }

    private static ProblemResult UnknownFormat(string? format) =>
        Problems.BadRequest("invalid_request", $"There is no format '{format}'; choose one of {string.Join(", ", SnakeCaseNames<ToolFormat>.All)}.");
}

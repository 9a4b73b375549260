using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;
using ToolService.Core.Tools.Mcp;
using ToolService.Core.Tools.Sources;

namespace ToolService.Api.Sources;

internal static class McpSourceEndpoints
{
    private const string Kind = "mcp";

    public static void MapMcpSources(this IEndpointRouteBuilder app)
    {
        var sources = app.MapGroup("/v1/sources").WithTags("Sources");
        sources.MapPost("", AddAsync)
            .RequireScope(Scopes.Admin)
            .WithSummary("Take tools from an MCP server, from now on and after every restart")
            .WithDescription("Nothing is reached by this: the server is when somebody lists or calls tools, or refreshes the source.")
            .WithProblems(409)
            .WithExample("""{"name":"tickets","kind":"mcp","url":"https://mcp.example.org/mcp","denied":["delete_*"]}""");
        sources.MapPost("/{name}/authorize", AuthorizeAsync)
            .RequireScope(Scopes.Admin)
            .WithSummary("Begin to get access to an MCP server that demands OAuth: the answer says what a person is to open")
            .WithProblems(404, 409, 503);
        // A browser comes here from the authorization server and has no key; what it brings cannot be guessed and works once.
        sources.MapGet("/oauth/callback", Callback).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<Results<Created<SourceView>, ProblemResult>> AddAsync(
        McpSourceRequest request, HttpContext context, McpSources mcp, ToolSources sources, GuardedHttp http)
    {
        if (request.Kind != Kind)
            return Problems.BadRequest("invalid_request", $"There is no kind of source '{request.Kind}' that can be added; the kind is '{Kind}'.");

        var server = request.ToOptions();
        if (McpServerRules.Failures(request.Name, server).FirstOrDefault() is { Problem: not null } failure)
            return Problems.BadRequest("invalid_request", $"{Wire(failure.Member)} {failure.Problem}".Trim());
        if (mcp.CheckSecrets(server) is { } wrong)
            return Problems.BadRequest("invalid_request", wrong);
        try
        {
            await http.CheckAsync(request.Url, context.RequestAborted);
        }
        catch (ToolException e)
        {
            return Problems.BadRequest("url_not_allowed", e.Message);
        }

        return await mcp.TryAddAsync(request.Name, server, context.Caller().Name)
            ? TypedResults.Created($"/v1/sources/{request.Name}", SourceView.Of(sources.Find(request.Name)!))
            : Problems.Conflict("source_exists", $"There is a source '{request.Name}' already; names are unique whatever their case.");
    }

    private static async Task<Results<Ok<AuthorizationView>, ProblemResult>> AuthorizeAsync(
        string name, HttpContext context, McpSources mcp)
    {
        if (mcp.CanAuthorize(name) is not { } canAuthorize)
            return SourceEndpoints.Unknown();
        if (!canAuthorize)
            return Problems.Conflict("oauth_is_off", "The source is not set up for OAuth: set OAuth:Enabled, or add it with 'oauth'.");

        try
        {
            return TypedResults.Ok(new AuthorizationView(await mcp.AuthorizeAsync(name, context.RequestAborted)));
        }
        catch (ToolException e)
        {
            return Problems.Unavailable("source_failed", e.Message);
        }
    }

    private static Results<ContentHttpResult, ProblemResult> Callback(
        McpSources mcp, string? state, string? code, string? iss, string? error)
    {
        if (state is null || !mcp.TryCompleteAuthorization(state, code, iss, error))
            return Problems.BadRequest("unknown_authorization", "Nobody asked for this, or it was answered already, or too late.");
        return TypedResults.Text(code is null ? "Access was refused. You may close this page." : "The service has access now. You may close this page.");
    }

    private static string Wire(string member) => member is nameof(McpServerOptions.CallTimeout)
        ? "call_timeout_seconds"
        : JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Replace("OAuth", "Oauth", StringComparison.Ordinal).Replace(':', '.'));
}

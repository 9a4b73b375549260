using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Json;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http.Registration;

namespace ToolService.Api.Tools;

internal static class RegistrationEndpoints
{
    // The others are addresses of their own, whose methods are to be told.
    private const string OneTool = "/{name:regex(^(?!(call|register|import|history)$))}";

    private const string Example =
        """
        {"name":"get_post","description":"Get a post of the blog by its number.","method":"GET",
         "url":"https://jsonplaceholder.typicode.com/posts/{id}",
         "parameters":[{"name":"id","type":"integer","description":"The post's number","required":true}],"response":{"pointer":"/title"}}
        """;

    public static void MapRegistration(this IEndpointRouteBuilder app)
    {
        var tools = app.MapGroup("/v1/tools").RequireScope(Scopes.Register).WithTags("Tools");
        tools.MapPost("/register", RegisterAsync)
            .WithSummary("Register an HTTP tool: it is stored, and there at once")
            .WithDescription(
                "`in` says where arguments go: `{\"id\":\"path\"}` or `{\"id\":{\"in\":\"query\",\"name\":\"post_id\"}}`; by default where the " +
                "URL names them, else the query of a GET or DELETE, else the body. `${secret:NAME}` in `headers`, `query` and `cookies` stands for " +
                "a secret of the operator's. " +
                "Registering exactly what is there is a 200.")
            .WithProblems(409, 413)
            .WithExample(Example);
        tools.MapPut(OneTool, PutAsync)
            .WithSummary("Register an HTTP tool, or give it another definition")
            .WithDescription("`If-Match: \"HASH\"` changes only what was seen, `If-None-Match: *` only adds; otherwise 412.")
            .WithProblems(409, 412, 413)
            .WithExample(Example);
        tools.MapDelete(OneTool, DeleteAsync)
            .WithSummary("Remove a registered tool; calls at work end as they began")
            .WithProblems(404, 409, 412);
        tools.MapGet("/{name}/definition", GetDefinitionAsync)
            .WithSummary("A registered tool as its author wrote it, secrets as references; its `ETag` is for If-Match")
            .WithProblems(404);
    }

    private static async Task<Results<Ok<JsonElement>, Created<JsonElement>, ProblemResult>> RegisterAsync(
        HttpToolDefinition definition, HttpContext context, HttpTools tools) =>
        Answer(context, definition.Name, await tools.RegisterAsync(definition, context.Caller().Name));

    private static async Task<Results<Ok<JsonElement>, Created<JsonElement>, ProblemResult>> PutAsync(
        string name,
        HttpToolDefinition definition,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        HttpContext context,
        HttpTools tools)
    {
        if (definition.Name != name)
            return Problems.BadRequest(
                "invalid_request", "The definition's name is not the one in the URL.",
                [new ProblemError("/name", "const", $"Expected {name}.")]);

        return Preconditions.TryRead(ifMatch, ifNoneMatch, out var condition)
            ? Answer(context, name, await tools.PutAsync(definition, context.Caller().Name, condition))
            : Preconditions.Malformed();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string name, [FromHeader(Name = "If-Match")] string? ifMatch, HttpTools tools)
    {
        if (!Preconditions.TryRead(ifMatch, null, out var condition))
            return Preconditions.Malformed();

        var change = await tools.RemoveAsync(name, condition);
        return change.Outcome == HttpToolOutcome.Removed ? TypedResults.NoContent() : RegistrationProblems.Of(name, change);
    }

    private static async Task<Results<Ok<RawJson>, ProblemResult>> GetDefinitionAsync(
        string name, HttpContext context, HttpTools tools, ToolRegistry registry)
    {
        if (await tools.FindAsync(name, context.RequestAborted) is not { } found)
            return RegistrationProblems.Of(
                name, new HttpToolChange(HttpToolOutcome.Unknown) { Owner = registry.Current.Find(name)?.Source });

        Preconditions.Tag(context, found.Hash);
        return TypedResults.Ok(new RawJson(found.Definition));
    }

    private static Results<Ok<JsonElement>, Created<JsonElement>, ProblemResult> Answer(
        HttpContext context, string name, HttpToolChange change)
    {
        if (change.Tool is not { } tool)
            return RegistrationProblems.Of(name, change);

        if (change.Hash is { } hash)
            Preconditions.Tag(context, hash);
        var rendered = ToolRenderer.Render(tool, ToolFormat.Native, tool.Policy.RequiresConfirmation);
        return change.Outcome == HttpToolOutcome.Created
            ? TypedResults.Created($"/v1/tools/{tool.Name}", rendered)
            : TypedResults.Ok(rendered);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;

namespace ToolService.Api.Completions;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/v1/models").RequireScope(Scopes.Chat).WithTags("Completions").WithMetadata(CompletionProblems.Form);
        models.MapGet("", List).WithSummary("The configured models, as OpenAI lists them");
        // A name may hold slashes, as many at providers do.
        models.MapGet("/{*id}", Get).WithSummary("One configured model");
    }

    private static Ok<ModelList> List(CompletionModels models) =>
        TypedResults.Ok(new ModelList([.. models.Names.Select(name => new ModelView(name))]));

    private static Results<Ok<ModelView>, ProblemResult> Get(string id, CompletionModels models) =>
        models.Find(Uri.UnescapeDataString(id)) is { } model ? TypedResults.Ok(new ModelView(model.Name)) : models.Unknown(id);
}

using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;

namespace ToolService.Api.Hosting.Documentation;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> and its UI at <c>/swagger</c>.</summary>
internal static class DocumentationExtensions
{
    public const string DocumentName = "v1";

    private const string DocumentPath = "/openapi/v1.json";
    private const string UiPath = "/swagger";

    public static void AddDocumentation(this IServiceCollection services)
    {
        services.AddOpenApi(DocumentName, options =>
        {
            options.CreateSchemaReferenceId = type =>
                OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? JsonNamingPolicy.SnakeCaseLower.ConvertName(name) : null;
            options.AddDocumentTransformer<DocumentDescription>();
            options.AddOperationTransformer<OperationDescription>();
        });
        services.AddSingleton<DocumentCache>();
    }

    public static void MapDocumentation(this WebApplication app)
    {
        app.MapGet(DocumentPath, (DocumentCache document, CancellationToken cancellationToken) => document.GetAsync(cancellationToken)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/", () => TypedResults.Redirect(UiPath)).AllowAnonymous().ExcludeFromDescription();
        app.UseWhen(context => context.Request.Path.StartsWithSegments(UiPath), branch => branch.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = UiPath.TrimStart('/');
            ui.SwaggerEndpoint(DocumentPath, "ToolService");
            ui.DocumentTitle = "ToolService";
        }));
    }

    /// <summary>Shows these bodies, JSON text, in the documentation.</summary>
    public static TBuilder WithExample<TBuilder>(this TBuilder builder, string? request = null, string? response = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OperationExample(request, response));

    /// <summary>Documents the statuses of problems that this operation answers with. Those that any operation may (400, 401, 403, 500) are there without it.</summary>
    public static TBuilder WithProblems<TBuilder>(this TBuilder builder, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OperationProblems(statuses));
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Hosting.Documentation;

/// <summary>Adds to each operation what its endpoint's metadata says: authentication, problems, examples.</summary>
internal sealed class OperationDescription : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var anonymous = metadata.OfType<IAllowAnonymous>().Any();
        if (!anonymous)
            operation.Security = [Requirement(DocumentDescription.Bearer, document), Requirement(DocumentDescription.ApiKey, document)];

        foreach (var status in Statuses(operation, anonymous).Union(metadata.OfType<OperationProblems>().SelectMany(problems => problems.Statuses)).Order())
            (operation.Responses ??= [])[status.ToString()] = metadata.OfType<IProblemForm>().LastOrDefault() is { } form
                ? await ResponseAsync(form, status, context, cancellationToken)
                : new OpenApiResponseReference(DocumentDescription.ResponseName(status), document);

        if (metadata.OfType<OperationExample>().LastOrDefault() is { } example)
            Show(example, operation);
    }

    private static async Task<OpenApiResponse> ResponseAsync(
        IProblemForm form, int status, OpenApiOperationTransformerContext context, CancellationToken cancellationToken) => new()
        {
            Description = DocumentDescription.ProblemDescriptions[status],
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [form.MediaType] = new OpenApiMediaType { Schema = await context.GetOrCreateSchemaAsync(form.BodyType, null, cancellationToken) },
            },
        };

    private static IEnumerable<int> Statuses(OpenApiOperation operation, bool anonymous)
    {
        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
            yield return StatusCodes.Status400BadRequest;
        if (!anonymous)
            yield return StatusCodes.Status401Unauthorized;

        yield return StatusCodes.Status403Forbidden;
        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Path) == true)
            yield return StatusCodes.Status404NotFound;
        if (operation.RequestBody is not null)
            yield return StatusCodes.Status413PayloadTooLarge;

        yield return StatusCodes.Status500InternalServerError;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static void Show(OperationExample example, OpenApiOperation operation)
    {
        if (example.Request is not null && operation.RequestBody?.Content is { } content && content.TryGetValue(Json, out var request))
            request.Example = JsonNode.Parse(example.Request);
        if (example.Response is not null && operation.Responses is { } responses && responses.TryGetValue("200", out var ok)
            && ok.Content is { } answers && answers.TryGetValue(Json, out var response))
            response.Example = JsonNode.Parse(example.Response);
    }
}

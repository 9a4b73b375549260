using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using ToolService.Api.Hosting.Errors;

namespace ToolService.Api.Hosting.Documentation;

/// <summary>The parts of the document that no single operation owns: title, authentication, and a response for every kind of problem.</summary>
internal sealed class DocumentDescription : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";
    public const string ApiKey = "api_key";

    public static readonly IReadOnlyDictionary<int, string> ProblemDescriptions = new Dictionary<int, string>
    {
        [400] = "The request is malformed or invalid; `errors` says where.",
        [401] = "There is no valid API key.",
        [403] = "The caller may not; `detail` names the scope or rule.",
        [404] = "There is no such thing, or it is someone else's.",
        [409] = "The request contradicts the state of things.",
        [410] = "It is too late.",
        [412] = "The thing is not, or no longer, as the request expects it.",
        [413] = "The body is too large.",
        [429] = "Too many requests.",
        [500] = "The service failed. `trace_id` finds the reason in its log.",
        [502] = "The model failed; `detail` says how.",
        [503] = "The service cannot do this now.",
    };

    /// <summary>The name of the shared response for a status.</summary>
    public static string ResponseName(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(' ', '_').ToLowerInvariant();

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ToolService",
            Version = ServiceVersion.Current,
            Description = "Runs tools for language models: list them, call them, let a model call them, approve what it may not do alone, and see what happened. "
                + "Errors are problem details (RFC 9457) with `code` and `trace_id`. Lists are arrays; a next page is in the `Link` header.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        // Relative to where the document was fetched from.
        document.Servers = [];
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key, as `Authorization: Bearer KEY`. A service without keys serves its own machine only and needs none.",
        });
        document.AddComponent(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-Api-Key",
            Description = "The same API key, as `X-Api-Key: KEY`.",
        });

        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken);
        problem.AdditionalPropertiesAllowed = true;
        document.AddComponent("problem", problem);
        foreach (var (status, description) in ProblemDescriptions)
            document.AddComponent(ResponseName(status), Response(document, description));
    }

    private static OpenApiResponse Response(OpenApiDocument document, string description) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [ProblemResult.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("problem", document) },
        },
    };
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ToolService.Api.Hosting.Documentation;
using ToolService.Api.Hosting.Errors;
using ToolService.Api.Hosting.Security;
using ToolService.Core.Tools;
using ToolService.Core.Tools.OpenApi;
using ToolService.Core.Tools.OpenApi.Imports;

namespace ToolService.Api.Sources;

internal static partial class ImportEndpoints
{
    // As JSON text a document is longer than it is.
    private const int MaxRequestBytes = 2 * OpenApiLimits.MaxBytes;

    public static void MapImports(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/tools/import/openapi", ImportAsync)
            .RequireScope(Scopes.Admin)
            .WithTags("Sources")
            .WithMetadata(new RequestSizeLimitAttribute(MaxRequestBytes))
            .WithSummary("Make the operations of an OpenAPI document tools")
            .WithDescription(
                "The document is OpenAPI 3.0, 3.1 or 3.2, or Swagger 2.0, in JSON or YAML, inline or at a URL. With `dry_run` nothing is " +
                "changed, and the answer tells what would be. Importing under a name again replaces the import; tools whose definition is " +
                "another one than before are held back until they are approved, see GET /v1/sources/{name}.")
            .WithProblems(404, 409, 503)
            .WithExample(
                """
                {"name":"petstore","dry_run":true,"document":{"openapi":"3.1.0","info":{"title":"Pets","version":"1"},
                 "servers":[{"url":"https://petstore.example.com"}],"paths":{"/pets":{"get":{"operationId":"list_pets","responses":{}}}}}}
                """);

    private static async Task<Results<Ok<OpenApiImportResponse>, ProblemResult>> ImportAsync(
        OpenApiImportRequest request, HttpContext context, OpenApiImports imports)
    {
        if (!NamePattern().IsMatch(request.Name))
            return Invalid("/name", "A source's name is 1 to 32 of lower-case letters, digits, '_' and '-', and begins with a letter.");
        if (request.Document is null == request.Url is null && request.Url is null)
            return Invalid("/document", "Give the document, or the URL where it is.");
        if (request.Document is { ValueKind: not (JsonValueKind.Object or JsonValueKind.String) })
            return Invalid("/document", "A document is an object, or its text.");
        Uri? url = null;
        if (request.Url is not null && !Uri.TryCreate(request.Url, UriKind.Absolute, out url))
            return Invalid("/url", "That is not a complete URL; write it like https://example.org/openapi.json.");

        try
        {
            var result = await imports.ImportAsync(Read(request, url), context.Caller().Name, context.RequestAborted);
            return result.Outcome switch
            {
                ImportOutcome.NameTaken => Problems.Conflict("name_taken", $"'{request.Name}' is a source of another kind; choose another name."),
                ImportOutcome.Conflict => Problems.Conflict("conflict", "Somebody imported under this name at the same time; look, and try again."),
                _ => TypedResults.Ok(OpenApiImportResponse.Of(result, request.DryRun)),
            };
        }
        catch (OpenApiException e)
        {
            return Invalid("/document", e.Message);
        }
        catch (ToolException e)
        {
            return Invalid("/url", e.Message);
        }
    }

    private static ImportRequest Read(OpenApiImportRequest request, Uri? url) => new(request.Name)
    {
        Document = request.Document is not { } document ? null
            : document.ValueKind is JsonValueKind.String ? document.GetString()
            : document.GetRawText(),
        Url = url,
        IsDryRun = request.DryRun,
        Options = new OpenApiImportOptions
        {
            BaseUrl = request.BaseUrl,
            ServerVariables = request.ServerVariables ?? new Dictionary<string, string>(),
            Secrets = request.Secrets ?? new Dictionary<string, string>(),
            Include = request.Include?.ToFilter() ?? new OpenApiFilter(),
            Exclude = request.Exclude?.ToFilter() ?? new OpenApiFilter(),
            IncludeDeprecated = request.IncludeDeprecated,
        },
    };

    private static ProblemResult Invalid(string pointer, string message) =>
        Problems.BadRequest("invalid_request", message, [new ProblemError(pointer, null, message)]);

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,31}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ToolService.Api.Hosting.Documentation;

/// <summary>Makes the OpenAPI document at its first request, and keeps it: it cannot change, costs milliseconds, and anyone may ask for it.</summary>
internal sealed class DocumentCache([FromKeyedServices(DocumentationExtensions.DocumentName)] IOpenApiDocumentProvider provider)
{
    private byte[]? _document;

    public async Task<IResult> GetAsync(CancellationToken cancellationToken) =>
        TypedResults.Bytes(_document ??= await MakeAsync(cancellationToken), "application/json");

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        var document = await provider.GetOpenApiDocumentAsync(cancellationToken);
        using MemoryStream stream = new();
        await document.SerializeAsJsonAsync(stream, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        return stream.ToArray();
    }
}

using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi;

/// <summary>A description of an HTTP API: OpenAPI 3.0, 3.1 or 3.2, or Swagger 2.0. Immutable.</summary>
public sealed class OpenApiDocument
{
    private OpenApiDocument(JsonElement root, OpenApiVersion standard, string version)
    {
        (Root, Standard, StandardVersion) = (root, standard, version);
        var info = new DocumentNode(root).Find("info");
        Title = info?.TextOrNull("title") ?? "";
        Version = info?.Find("version") is { Value: var written } ? DocumentNode.Scalar(written) ?? "" : "";
    }

    /// <summary>The API's name; empty where the document has none.</summary>
    public string Title { get; }

    /// <summary>The API's version; empty where the document has none.</summary>
    public string Version { get; }

    /// <summary>The version of the standard, such as <c>3.1.0</c>, as the document says it.</summary>
    public string StandardVersion { get; }

    internal JsonElement Root { get; }

    internal OpenApiVersion Standard { get; }

    /// <summary>
    /// Reads a document of JSON or YAML 1.2, told apart by its first characters. YAML's plain scalars mean what the core schema says: only
    /// <c>true</c> and <c>false</c> are booleans, dates are strings. Nothing is fetched, and references are not followed yet.
    /// </summary>
    /// <param name="text">The document.</param>
    /// <param name="maxBytes">How many bytes of UTF-8 it may have; default <see cref="OpenApiLimits.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Stops reading: a large document of YAML takes seconds.</param>
    /// <exception cref="OpenApiException">
    /// It is neither, it is beyond <see cref="OpenApiLimits"/>, or it is no description of an API in a version that is read.
    /// </exception>
    public static OpenApiDocument Read(string text, int maxBytes = OpenApiLimits.MaxBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var root = DocumentText.Read(text, maxBytes, cancellationToken);
        if (root.ValueKind != JsonValueKind.Object)
            throw new OpenApiException($"An OpenAPI document is an object, got {JsonDisplay.Describe(root)}.");

        var (standard, version) = ReadVersion(new DocumentNode(root));
        return new OpenApiDocument(root, standard, version);
    }

    private static (OpenApiVersion Standard, string Version) ReadVersion(DocumentNode root)
    {
        if (root.Find("openapi") is { } openApi)
        {
            var version = DocumentNode.Scalar(openApi.Value) ?? "";
            if (IsOf(version, "3.0"))
                return (OpenApiVersion.V30, version);
            if (IsOf(version, "3.1"))
                return (OpenApiVersion.V31, version);
            if (IsOf(version, "3.2"))
                return (OpenApiVersion.V32, version);
            throw new OpenApiException(
                $"OpenAPI {JsonDisplay.Show(openApi.Value)} is not read; 3.0, 3.1, 3.2 and Swagger 2.0 are.", "/openapi");
        }

        if (root.Find("swagger") is not { } swagger)
            throw new OpenApiException("This is no OpenAPI document: it has neither 'openapi' (such as \"3.1.0\") nor 'swagger'.");
        return DocumentNode.Scalar(swagger.Value) is "2.0" or "2"
            ? (OpenApiVersion.Swagger20, "2.0")
            : throw new OpenApiException(
                $"Swagger {JsonDisplay.Show(swagger.Value)} is not read; convert the document to OpenAPI 3.", "/swagger");
    }

    private static bool IsOf(string version, string standard) =>
        version == standard || version.StartsWith(standard + ".", StringComparison.Ordinal);
}

using System.Text.Json;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Swagger 2.0's bodies: a parameter that is the body, or parameters that are the fields of a form.</summary>
internal static class SwaggerBody
{
    /// <exception cref="OpenApiException">It cannot be sent as the document says.</exception>
    public static MappedBody? Map(
        DeclaredOperation operation,
        IReadOnlyList<DeclaredParameter> parameters,
        OpenApiDocument document,
        ArgumentNames names,
        DocumentReferences references)
    {
        var consumes = (operation.Node.Find("consumes") ?? new DocumentNode(document.Root).Find("consumes"))?.Items()
            .Where(type => type.Value.ValueKind == JsonValueKind.String)
            .Select(type => type.Value.GetString()!)
            .ToList() ?? [];
        DeclaredParameter[] bodies = [.. parameters.Where(parameter => parameter.In == "body")];
        DeclaredParameter[] fields = [.. parameters.Where(parameter => parameter.In == "formData")];
        if (bodies.Length > 1 || (bodies.Length == 1 && fields.Length > 0))
            throw operation.Node.Refuse("An operation can have one body or form fields, not both.");
        if (fields.Length > 0)
            return MapForm(fields, consumes, names, references);
        if (bodies is not [var body])
            return null;

        var type = MediaTypes.Best(consumes) ?? MediaTypes.Json;
        var declared = new DeclaredBody(
            body.IsRequired, body.Node.TextOrNull("description"), new Dictionary<string, DocumentNode> { [type] = body.Node }, body.Node);
        return BodyMapping.Map(declared, names, references);
    }

    private static MappedBody MapForm(
        DeclaredParameter[] fields, List<string> consumes, ArgumentNames names, DocumentReferences references)
    {
        var hasFiles = fields.Any(field => field.Node.TextOrNull("type") == "file");
        var isMultipart = hasFiles || (consumes.Exists(MediaTypes.IsMultipart) && !consumes.Exists(MediaTypes.IsForm));
        var type = isMultipart ? MediaTypes.Multipart : MediaTypes.Form;
        var schema = SwaggerSchema.OfForm(fields);
        var media = new DocumentNode(JsonElement.Parse($$"""{"schema":{{schema.Value.GetRawText()}}}""",
            new JsonDocumentOptions { MaxDepth = 2 * OpenApiLimits.MaxDepth }), schema.Path);
        var declared = new DeclaredBody(
            fields.Any(field => field.IsRequired), null, new Dictionary<string, DocumentNode> { [type] = media }, media);
        var body = BodyMapping.Map(declared, names, references)!;
        var encodings = body.Http.Encodings.ToDictionary();
        foreach (var field in fields.Where(field => field.Node.Find("collectionFormat") is not null))
        {
            var (style, explode) = CollectionFormat.Of(field.Node, HttpPlace.Query);
            encodings[field.Name] = new HttpFieldEncoding { Style = style, Explode = explode };
        }

        return body with { Http = body.Http with { Encodings = encodings } };
    }
}

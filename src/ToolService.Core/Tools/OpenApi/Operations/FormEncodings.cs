using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi.Reading;
using ToolService.Core.Tools.OpenApi.Schemas;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>How the fields of a form are written where that is not the form's own way.</summary>
internal static class FormEncodings
{
    private const int MostSchemas = 100;

    /// <exception cref="OpenApiException">A field cannot be written as the document says.</exception>
    public static Dictionary<string, HttpFieldEncoding> Of(DocumentNode media, bool isMultipart, DocumentReferences references)
    {
        var encodings = new Dictionary<string, HttpFieldEncoding>(StringComparer.Ordinal);
        if (isMultipart && media.Find("schema") is { } schema)
        {
            foreach (var name in FilesIn(schema, references))
                encodings[name] = new HttpFieldEncoding { IsFile = true };
        }

        foreach (var (name, encoding) in media.Find("encoding")?.Members() ?? [])
            encodings[name] = Read(encoding, isMultipart, encodings.GetValueOrDefault(name)?.IsFile ?? false);
        return encodings;
    }

    private static HttpFieldEncoding Read(DocumentNode encoding, bool isMultipart, bool isFile)
    {
        var style = (isMultipart ? null : encoding.TextOrNull("style")) switch
        {
            null or "form" => ParameterStyle.Form,
            "spaceDelimited" => ParameterStyle.SpaceDelimited,
            "pipeDelimited" => ParameterStyle.PipeDelimited,
            "deepObject" => ParameterStyle.DeepObject,
            var other => throw encoding.Refuse($"The style '{JsonDisplay.Shorten(other)}' has no meaning in a form."),
        };
        return new HttpFieldEncoding
        {
            ContentType = encoding.TextOrNull("contentType")?.Split(',').Select(type => type.Trim())
                .FirstOrDefault(type => !type.Contains('*', StringComparison.Ordinal) && MediaTypes.Sent(type) == type),
            Style = style,
            Explode = encoding.Find("explode")?.Value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => style is ParameterStyle.Form or ParameterStyle.DeepObject,
            },
            IsFile = isFile,
        };
    }

    private static HashSet<string> FilesIn(DocumentNode schema, DocumentReferences references)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<DocumentNode>([schema]);
        for (var visited = 0; visited < MostSchemas && pending.TryDequeue(out var next); visited++)
        {
            var part = references.Resolve(next);
            foreach (var (name, property) in part.Find("properties")?.Members() ?? [])
            {
                if (IsFile(references.Resolve(property), references))
                    names.Add(name);
            }

            foreach (var inner in part.Find("allOf")?.Items() ?? [])
                pending.Enqueue(inner);
        }

        return names;
    }

    private static bool IsFile(DocumentNode property, DocumentReferences references) =>
        SchemaRewriter.IsBinary(property)
        || (property.Find("items") is { } items && SchemaRewriter.IsBinary(references.Resolve(items)));
}

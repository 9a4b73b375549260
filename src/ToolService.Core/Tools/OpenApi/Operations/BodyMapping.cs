using System.Text.Json;
using ToolService.Core.Schema.Values;
using ToolService.Core.Tools.Http.Operations;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tools.OpenApi.Operations;

/// <summary>Maps a request body to one argument.</summary>
internal static class BodyMapping
{
    private const string WishedName = "body";

    private static readonly DocumentNode AnyText = new(JsonElement.Parse("""{"type":"string"}"""));
    private static readonly DocumentNode AnyForm = new(JsonElement.Parse("""{"type":"object"}"""));
    private static readonly DocumentNode Anything = new(JsonElement.Parse("{}"));

    /// <exception cref="OpenApiException">It cannot be sent as the document says.</exception>
    public static MappedBody? Map(DeclaredBody? body, ArgumentNames names, DocumentReferences references)
    {
        if (body is null || MediaTypes.Best([.. body.Content.Keys]) is not { } type)
            return null;
        var sent = MediaTypes.Sent(type) ?? throw body.Node.Refuse($"'{JsonDisplay.Shorten(type)}' is no content type.");
        var media = body.Content[type];
        var declared = media.Find("schema");
        if (declared is { Value.ValueKind: not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False) } wrong)
            throw wrong.Refuse($"A schema must be an object, got {JsonDisplay.Describe(wrong.Value)}.");

        var description = body.Description is { Length: > 0 } written ? written : null;
        if (MediaTypes.IsJson(sent))
            return Whole(sent, declared ?? Anything, description, []);
        if (MediaTypes.IsForm(sent) || MediaTypes.IsMultipart(sent))
            return Whole(sent, declared ?? AnyForm, description, FormEncodings.Of(media, MediaTypes.IsMultipart(sent), references));
        if (MediaTypes.Essence(sent).StartsWith("multipart/", StringComparison.Ordinal))
            throw media.Refuse($"'{JsonDisplay.Shorten(sent)}' cannot be written; of multipart types only '{MediaTypes.Multipart}' can.");
        var how = $"{description} The body is sent as it is, as {MediaTypes.Essence(sent)}.".TrimStart();
        return Whole(sent, Text(declared, references), how, []);

        MappedBody Whole(string contentType, DocumentNode schema, string? about, Dictionary<string, HttpFieldEncoding> encodings)
        {
            var argument = names.Take(WishedName, "request");
            return new MappedBody(
                new HttpBody(contentType) { Argument = argument, Encodings = encodings },
                new ToolArgument(argument, body.IsRequired, schema) { Description = about });
        }
    }

    // Whatever an object means as XML or bytes, a call can only write the text of it.
    private static DocumentNode Text(DocumentNode? declared, DocumentReferences references)
    {
        if (declared is null)
            return AnyText;
        var schema = references.Resolve(declared.Value);
        return schema.TextOrNull("type") == "string" && schema.TextOrNull("format") != "binary" ? declared.Value : AnyText;
    }
}

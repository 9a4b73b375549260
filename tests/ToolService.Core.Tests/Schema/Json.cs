using System.Text.Json;
using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

/// <summary>JSON of any depth for tests, and shorthands.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, AnyDepth);
        return document.RootElement.Clone();
    }

    public static JsonSchema Compile(string json, SchemaOptions? options = null) => JsonSchema.Compile(Parse(json), options);

    public static IReadOnlyList<SchemaError> Validate(string schema, string instance) => Compile(schema).Validate(Parse(instance));

    public static JsonSchemaException Refuse(string schema, SchemaOptions? options = null) =>
        Assert.Throws<JsonSchemaException>(() => Compile(schema, options));

    /// <summary>Options with these documents, each a URI and its JSON.</summary>
    public static SchemaOptions With(params IEnumerable<(string Uri, string Json)> documents) => new()
    {
        Documents = documents.Aggregate(SchemaDocuments.None, (all, document) => all.Add(new Uri(document.Uri), Parse(document.Json))),
    };
}

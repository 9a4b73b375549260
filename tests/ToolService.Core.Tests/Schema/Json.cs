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

    public static JsonSchema Compile(string json) => JsonSchema.Compile(Parse(json));

    public static IReadOnlyList<SchemaError> Validate(string schema, string instance) => Compile(schema).Validate(Parse(instance));

    public static JsonSchemaException Refuse(string schema) => Assert.Throws<JsonSchemaException>(() => Compile(schema));
}

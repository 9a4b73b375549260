using System.Text.Json;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Normalization;

namespace ToolService.Core.Tests.Schema.Normalization;

internal static class NormalizeAssert
{
    /// <summary>Asserts what a schema becomes, and at which places a change is recorded.</summary>
    public static void Becomes(string schema, string expected, params string[] pointers)
    {
        var normalized = SchemaNormalizer.Normalize(Json.Parse(schema));

        Assert.Equal(Compact(Json.Parse(expected)), Compact(normalized.Schema));
        Assert.Equal(pointers, normalized.Changes.Select(change => change.Pointer));
        Assert.Empty(SchemaNormalizer.Normalize(normalized.Schema).Changes);
        JsonSchema.Compile(normalized.Schema);
    }

    /// <summary>Asserts that a schema is left alone, and comes back as the very same element.</summary>
    public static void Stays(string schema)
    {
        var element = Json.Parse(schema);

        var normalized = SchemaNormalizer.Normalize(element);

        Assert.Empty(normalized.Changes);
        Assert.Equal<object>(element, normalized.Schema);
    }

    /// <summary>Asserts that a schema is refused, where, and that the message holds these words.</summary>
    public static void Refuses(string schema, string pointer, params string[] words)
    {
        var exception = Assert.Throws<JsonSchemaException>(() => SchemaNormalizer.Normalize(Json.Parse(schema)));

        Assert.Equal(pointer, exception.Pointer);
        Assert.All(words, word => Assert.Contains(word, exception.Message, StringComparison.Ordinal));
    }

    public static string Compact(JsonElement json) => JsonSerializer.Serialize(json, JsonSerializerOptions.Web);
}

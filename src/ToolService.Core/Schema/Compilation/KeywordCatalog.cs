using System.Collections.Frozen;

namespace ToolService.Core.Schema.Compilation;

/// <summary>Every keyword that compiles, and what to do about those that do not.</summary>
internal static class KeywordCatalog
{
    private const string ExtensionPrefix = "x-";

    private static readonly FrozenDictionary<string, KeywordShape> Shapes = Shape()
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Shape, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Advice = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["additionalItems"] = "use 'prefixItems' with 'items'",
        ["dependencies"] = "use 'dependentRequired' or 'dependentSchemas'",
        ["$recursiveRef"] = "use '$dynamicRef'",
        ["$recursiveAnchor"] = "use '$dynamicAnchor'",
        ["$vocabulary"] = "custom vocabularies are not supported",
        ["id"] = "use '$id'",
        ["nullable"] = "add \"null\" to 'type'",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What the keyword's value holds.</summary>
    /// <exception cref="JsonSchemaException">The keyword is unknown.</exception>
    public static KeywordShape ShapeOf(string keyword, string pointer)
    {
        if (Shapes.TryGetValue(keyword, out var shape))
            return shape;
        if (keyword.StartsWith(ExtensionPrefix, StringComparison.Ordinal))
            return KeywordShape.Annotation;

        var shown = Values.JsonDisplay.Shorten(keyword);
        if (Advice.TryGetValue(keyword, out var advice))
            throw new JsonSchemaException(pointer, $"Keyword '{shown}' is not supported; {advice}.");
        var hint = NearMiss.Find(keyword, Shapes.Keys) is { } near
            ? $"did you mean '{near}'?" : $"extensions must start with '{ExtensionPrefix}'.";
        throw new JsonSchemaException(pointer, $"Unknown keyword '{shown}'; {hint}");
    }

    private static IEnumerable<(string Name, KeywordShape Shape)> Shape()
    {
        string[] plain =
        [
            "$schema", "$id", "$anchor", "$dynamicAnchor", "$ref", "$dynamicRef", "type", "enum", "const", "multipleOf", "minimum", "maximum",
            "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains",
            "minProperties", "maxProperties", "required", "dependentRequired",
        ];
        string[] annotations =
        [
            "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType",
            "contentSchema",
        ];
        string[] schemas =
        [
            "items", "contains", "additionalProperties", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "not", "if", "then", "else",
        ];
        string[] lists = ["prefixItems", "allOf", "anyOf", "oneOf"];
        string[] maps = ["$defs", "definitions", "properties", "patternProperties", "dependentSchemas"];
        return
        [
            .. plain.Select(name => (name, KeywordShape.Plain)),
            .. annotations.Select(name => (name, KeywordShape.Annotation)),
            .. schemas.Select(name => (name, KeywordShape.Schema)),
            .. lists.Select(name => (name, KeywordShape.SchemaList)),
            .. maps.Select(name => (name, KeywordShape.SchemaMap)),
        ];
    }
}

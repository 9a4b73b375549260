namespace ToolService.Core.Schema.Compilation;

/// <summary>The keywords of the standard, by draft. Draft-07 has no vocabularies: all of it counts as one.</summary>
internal static class StandardVocabularies
{
    public const string Core202012 = "https://json-schema.org/draft/2020-12/vocab/core";
    public const string Core201909 = "https://json-schema.org/draft/2019-09/vocab/core";
    public const string FormatAssertion = "https://json-schema.org/draft/2020-12/vocab/format-assertion";
    public const string Format201909 = "https://json-schema.org/draft/2019-09/vocab/format";

    private const string NumberAndStringAssertions =
        "type enum const multipleOf minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength pattern";

    private const string SizeAssertions = "minItems maxItems uniqueItems minProperties maxProperties required";
    private const string Assertions = $"{NumberAndStringAssertions} {SizeAssertions}";
    private const string ObjectMaps = "properties patternProperties";
    private const string Branches = "not if then else";

    // 'definitions' and 'dependencies' are no keywords any more after draft-07, but keep their meaning in the meta-schemas.
    public static readonly IReadOnlyList<Vocabulary> Draft202012 =
    [
        new(Core202012,
            (KeywordShape.Identifier, "$schema $id $anchor $dynamicAnchor"), (KeywordShape.Plain, "$ref $dynamicRef"),
            (KeywordShape.Annotation, "$comment $vocabulary"), (KeywordShape.Definitions, "$defs definitions")),
        new("https://json-schema.org/draft/2020-12/vocab/applicator",
            (KeywordShape.SchemaList, "prefixItems allOf anyOf oneOf"), (KeywordShape.SchemaMap, $"{ObjectMaps} dependentSchemas"),
            (KeywordShape.Schema, $"items contains additionalProperties propertyNames {Branches}"),
            (KeywordShape.Dependencies, "dependencies")),
        new("https://json-schema.org/draft/2020-12/vocab/unevaluated",
            (KeywordShape.Schema, "unevaluatedItems unevaluatedProperties")),
        new("https://json-schema.org/draft/2020-12/vocab/validation",
            (KeywordShape.Plain, $"{Assertions} minContains maxContains dependentRequired")),
        new("https://json-schema.org/draft/2020-12/vocab/meta-data",
            (KeywordShape.Annotation, "title description default deprecated readOnly writeOnly examples")),
        new("https://json-schema.org/draft/2020-12/vocab/format-annotation", (KeywordShape.Annotation, "format")),
        new(FormatAssertion, (KeywordShape.Annotation, "format")),
        new("https://json-schema.org/draft/2020-12/vocab/content",
            (KeywordShape.Annotation, "contentEncoding contentMediaType"), (KeywordShape.UnappliedSchema, "contentSchema")),
    ];

    public static readonly IReadOnlyList<Vocabulary> Draft201909 =
    [
        new(Core201909,
            (KeywordShape.Identifier, "$schema $id $anchor $recursiveAnchor"), (KeywordShape.Plain, "$ref $recursiveRef"),
            (KeywordShape.Annotation, "$comment $vocabulary"), (KeywordShape.Definitions, "$defs definitions")),
        new("https://json-schema.org/draft/2019-09/vocab/applicator",
            (KeywordShape.SchemaList, "allOf anyOf oneOf"), (KeywordShape.SchemaMap, $"{ObjectMaps} dependentSchemas"),
            (KeywordShape.Schema, $"additionalItems contains additionalProperties propertyNames {Branches}"),
            (KeywordShape.Schema, "unevaluatedItems unevaluatedProperties"),
            (KeywordShape.SchemaOrList, "items"), (KeywordShape.Dependencies, "dependencies")),
        new("https://json-schema.org/draft/2019-09/vocab/validation",
            (KeywordShape.Plain, $"{Assertions} minContains maxContains dependentRequired")),
        new("https://json-schema.org/draft/2019-09/vocab/meta-data",
            (KeywordShape.Annotation, "title description default deprecated readOnly writeOnly examples")),
        new(Format201909, (KeywordShape.Annotation, "format")),
        new("https://json-schema.org/draft/2019-09/vocab/content",
            (KeywordShape.Annotation, "contentEncoding contentMediaType"), (KeywordShape.UnappliedSchema, "contentSchema")),
    ];

    public static readonly Vocabulary Draft07 = new(
        "http://json-schema.org/draft-07/schema",
        (KeywordShape.Identifier, "$schema $id"), (KeywordShape.Plain, $"$ref {Assertions}"), (KeywordShape.Definitions, "definitions"),
        (KeywordShape.Annotation, "$comment title description default readOnly writeOnly examples format contentEncoding contentMediaType"),
        (KeywordShape.SchemaList, "allOf anyOf oneOf"), (KeywordShape.SchemaMap, ObjectMaps),
        (KeywordShape.Schema, $"additionalItems contains additionalProperties propertyNames {Branches}"),
        (KeywordShape.SchemaOrList, "items"), (KeywordShape.Dependencies, "dependencies"));
}

using System.Text.Json;

namespace ToolService.Core.Schema.Normalization;

/// <summary>Serialisers write members that are not set as null; keywords that cannot be null are then not there.</summary>
internal static class AbsentRule
{
    private static readonly string[] Keywords =
    [
        "$ref", "$id", "$anchor", "$defs", "definitions", "title", "description", "format", "pattern", "enum", "multipleOf",
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
        "minProperties", "maxProperties", "properties", "patternProperties", "required", "items", "prefixItems", "allOf", "anyOf", "oneOf",
        "nullable", "optional", "deprecated", "readOnly", "writeOnly",
    ];

    public static void Apply(ObjectEdit schema)
    {
        foreach (var keyword in Keywords)
        {
            if (schema.TryGet(keyword, out var value) && value.ValueKind == JsonValueKind.Null)
                schema.Remove(keyword, $"'{keyword}' is null: taken as not there.");
        }
    }
}

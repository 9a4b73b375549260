using System.Text.Json;

namespace ToolService.Core.Schema.Normalization;

/// <summary>Where a value's schema lists properties and says nothing else of its type, an object is meant.</summary>
internal static class MissingTypeRule
{
    private static readonly string[] SaysMore =
        ["type", "$ref", "$dynamicRef", "$recursiveRef", "allOf", "anyOf", "oneOf", "not", "if", "enum", "const"];

    public static void Apply(ObjectEdit schema)
    {
        if (!schema.TryGet("properties", out var properties) || properties.ValueKind != JsonValueKind.Object || SaysMore.Any(schema.Has))
            return;
        schema.Note(
            "properties", "'properties' without 'type' is taken as an object's: 'type': \"object\" is added, and other values are refused.");
        schema.Prepend("type", ObjectEdit.Parse("\"object\""));
    }
}

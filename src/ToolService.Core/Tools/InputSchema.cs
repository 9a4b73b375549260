using System.Text.Json;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Normalization;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Tools;

/// <summary>A tool's schema as it is enforced and shown: normalised, and an object's, since arguments are always an object.</summary>
internal static class InputSchema
{
    private const string Draft07 = "http://json-schema.org/draft-07/schema";

    private static readonly JsonElement ObjectType = JsonElement.Parse("\"object\"");
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");
    private static readonly JsonElement Empty = JsonElement.Parse("""{"type":"object","properties":{}}""");

    private static readonly string[] About = ["$schema", "$defs", "definitions", "$comment", "title", "description", "default", "examples"];

    private static readonly string[] OtherTypes = ["array", "boolean", "integer", "null", "number", "string"];

    /// <exception cref="JsonSchemaException">The schema has no meaning, or not that of an object.</exception>
    public static NormalizedSchema Normalize(JsonElement declared)
    {
        if (declared.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return new NormalizedSchema(Empty, [new SchemaChange("", "There is no schema: taken as an object's without known properties.")]);
        if (declared.ValueKind != JsonValueKind.Object)
            throw new JsonSchemaException(
                "", $"It must be a JSON object, got {JsonDisplay.Describe(declared)}; write {Empty.GetRawText()} for no arguments.");

        var normalized = SchemaNormalizer.Normalize(declared);
        var log = new ChangeLog();
        var root = new ObjectEdit(normalized.Schema, SchemaPath.Root, log);
        if (root.TryGet("type", out var type))
            CheckType(root, type);
        else
            AddType(root);
        return log.Changes.Count == 0 ? normalized : new NormalizedSchema(root.ToElement(), [.. normalized.Changes, .. log.Changes]);
    }

    private static void CheckType(ObjectEdit root, JsonElement type)
    {
        var types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new[] { type };
        var names = types.Where(item => item.ValueKind == JsonValueKind.String).Select(JsonText.Decode).ToList();
        if (names.Contains("object") && type.ValueKind == JsonValueKind.Array)
            root.Set("type", ObjectType, $"Arguments are always an object: {JsonDisplay.Show(type)} is taken as \"object\".");
        else if (names.Count > 0 && names.TrueForAll(OtherTypes.Contains))
            throw root.Refuse(
                "type",
                $"Arguments are always an object, so 'type' cannot be {JsonDisplay.Show(type)}; make the value a property: "
                + """{"type":"object","properties":{"value":{…}},"required":["value"]}.""");
    }

    private static void AddType(ObjectEdit root)
    {
        if (root.Has("$ref") && IsDraft07(root) && !TryMoveReference(root))
            return;
        root.Note("type", "Arguments are always an object: 'type': \"object\" is added.");
        root.Prepend("type", ObjectType);
        // Some providers refuse an object's schema without properties.
        if (!root.Has("properties"))
            root.Set("properties", Nothing);
    }

    private static bool IsDraft07(ObjectEdit root) =>
        root.TryGet("$schema", out var dialect)
        && dialect.ValueKind == JsonValueKind.String
        && JsonText.Decode(dialect).TrimEnd('#') == Draft07;

    /// <summary>Draft-07 ignores what stands beside a reference; what is ignored now must not come into force.</summary>
    private static bool TryMoveReference(ObjectEdit root)
    {
        if (!root.Names.All(name => name == "$ref" || About.Contains(name)))
            return false;
        root.Note("$ref", "'$ref' is moved into 'allOf': draft-07 ignores what stands beside it.");
        root.Set("allOf", ObjectEdit.List([root.TakeOut(["$ref"])]));
        return true;
    }
}

using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Normalization;

/// <summary>
/// OpenAPI 3.0's <c>nullable</c>. By its letter it does nothing beside a reference, but nobody writes it to do nothing: true means that
/// null is accepted.
/// </summary>
internal static class NullableRule
{
    private const string Keyword = "nullable";

    private static readonly JsonElement NullType = ObjectEdit.Parse("\"null\"");
    private static readonly JsonElement Null = ObjectEdit.Parse("null");
    private static readonly JsonElement NullSchema = ObjectEdit.Parse("""{"type":"null"}""");

    // Keywords that restrict numbers, strings, arrays or objects only let null pass.
    private static readonly string[] RefuseNull = ["$ref", "$dynamicRef", "$recursiveRef", "allOf", "anyOf", "oneOf", "not", "if", "const"];

    private static readonly string[] About =
    [
        "$schema", "$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$defs", "definitions", "$comment", "title", "description",
        "default", "examples", "deprecated", "readOnly", "writeOnly",
    ];

    public static void Apply(ObjectEdit schema)
    {
        if (!schema.TryGet(Keyword, out var flag))
            return;
        if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw schema.Refuse(Keyword, "'nullable' must be true or false; in JSON Schema, add \"null\" to 'type' instead.");
        if (flag.ValueKind == JsonValueKind.False)
            schema.Remove(Keyword, "'nullable': false says nothing: removed.");
        else if (RefuseNull.Any(schema.Has))
            Wrap(schema);
        else
            Extend(schema);
    }

    private static void Extend(ObjectEdit schema)
    {
        var says = (schema.Has("type"), schema.Has("enum")) switch
        {
            (true, true) => "\"null\" in 'type' and null in 'enum'",
            (true, false) => "\"null\" in 'type'",
            (false, true) => "null in 'enum'",
            _ => null,
        };
        schema.Remove(Keyword, says is null
            ? "'nullable': true without 'type' says nothing, null is accepted anyway: removed."
            : $"'nullable': true is taken as {says}.");
        // A type that is neither is refused when it is compiled.
        if (schema.TryGet("type", out var type) && type.ValueKind is JsonValueKind.String or JsonValueKind.Array)
            Add(schema, "type", type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : [type], NullType, IsNullType);
        if (schema.TryGet("enum", out var values) && values.ValueKind == JsonValueKind.Array)
            Add(schema, "enum", [.. values.EnumerateArray()], Null, item => item.ValueKind == JsonValueKind.Null);
    }

    private static void Add(ObjectEdit schema, string keyword, List<JsonElement> items, JsonElement item, Predicate<JsonElement> isIt)
    {
        if (!items.Exists(isIt))
            schema.Set(keyword, ObjectEdit.List([.. items, item]));
    }

    private static bool IsNullType(JsonElement type) => type.ValueKind == JsonValueKind.String && JsonText.Decode(type) == "null";

    private static bool TakesNull(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && PropertyName.TryFind(schema, "type"u8, out var type) && IsNullType(type);

    private static void Wrap(ObjectEdit schema)
    {
        schema.Remove(Keyword, "'nullable': true is taken as 'anyOf' of what stands beside it and 'type': \"null\".");
        var rules = schema.Names.Where(name => !About.Contains(name) && !name.StartsWith("x-", StringComparison.Ordinal)).ToList();
        if (rules is ["anyOf"] && schema["anyOf"].ValueKind == JsonValueKind.Array)
        {
            Add(schema, "anyOf", [.. schema["anyOf"].EnumerateArray()], NullSchema, TakesNull);
            return;
        }

        schema.Set("anyOf", ObjectEdit.List([schema.TakeOut(rules), NullSchema]));
    }
}

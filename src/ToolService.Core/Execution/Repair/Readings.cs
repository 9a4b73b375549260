using System.Text.Json;
using ToolService.Core.Schema;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution.Repair;

/// <summary>What a value of the wrong type can be read as.</summary>
internal static class Readings
{
    private static readonly char[] Space = [' ', '\t', '\r', '\n'];

    /// <summary>The types that values at a place must have, from the violations there.</summary>
    /// <param name="definition">The schema that is violated.</param>
    /// <param name="errors">The violations.</param>
    public static IReadOnlySet<string> TypesFor(JsonElement definition, IEnumerable<SchemaError> errors)
    {
        HashSet<string> types = [];
        foreach (var error in errors)
        {
            if (JsonPlace.Find(definition, error.SchemaPointer) is { } value)
                types.UnionWith(TypesFor(error.Keyword, value));
        }

        return types;
    }

    /// <summary>Every reading as one of the types; whether it is valid is for the schema to say.</summary>
    /// <param name="value">The value.</param>
    /// <param name="types">The types that it may have.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="levels">How many levels of nesting there may be from there on.</param>
    public static IReadOnlyList<RepairChange> Of(JsonElement value, IReadOnlySet<string> types, string pointer, int levels) => value.ValueKind switch
    {
        JsonValueKind.String => OfText(value, types, pointer, levels),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when types.Contains("array") && levels > 0 => [InArray(value.GetRawText(), pointer)],
        _ => [],
    };

    private static List<RepairChange> OfText(JsonElement value, IReadOnlySet<string> types, string pointer, int levels)
    {
        var text = value.GetString()!.Trim(Space);
        // Text that begins as a document is that document or nothing: as an item of an array it would be another reading.
        if (text.StartsWith('{') || text.StartsWith('['))
            return OfDocument(text, types, pointer, levels);

        List<RepairChange> readings = [];
        var literal = Literal.TryRead(text);
        if (literal is { } found && IsOneOf(found.Type, types))
            readings.Add(new RepairChange(pointer, found.Json, [Converted(value, found, pointer)]));
        if (!types.Contains("array") || levels < 1)
            return readings;

        readings.Add(InArray(value.GetRawText(), pointer));
        if (literal is { Type: not "null" } item)
            readings.Add(InArray(item.Json, pointer, Converted(value, item, pointer)));
        return readings;
    }

    private static List<RepairChange> OfDocument(string text, IReadOnlySet<string> types, string pointer, int levels)
    {
        List<ToolRepair> repairs = [new(ToolRepairKind.JsonInString, pointer, RepairText.Of(ToolRepairKind.JsonInString))];
        return DocumentText.TryRead(text, levels, pointer, repairs) is { } document && types.Contains(SchemaFacts.TypeOf(document))
            ? [new RepairChange(pointer, document.GetRawText(), repairs)]
            : [];
    }

    private static RepairChange InArray(string json, string pointer, params ReadOnlySpan<ToolRepair> before) => new(
        pointer,
        $"[{json}]",
        [.. before, new ToolRepair(ToolRepairKind.ScalarToArray, pointer, $"{RepairText.Shorten(json)} became an array of one item.")]);

    private static ToolRepair Converted(JsonElement value, Literal literal, string pointer) =>
        new(ToolRepairKind.TextToValue, pointer, $"The string {RepairText.Show(value)} became {RepairText.Shorten(literal.Json)}.");

    private static bool IsOneOf(string type, IReadOnlySet<string> types) => types.Contains(type) || (type == "number" && types.Contains("integer"));

    private static IEnumerable<string> TypesFor(string keyword, JsonElement value) => keyword switch
    {
        "type" => Items(value).Where(name => name.ValueKind is JsonValueKind.String).Select(name => name.GetString()!),
        "enum" => TypesOf(Items(value)),
        "const" => TypesOf([value]),
        _ => [],
    };

    // Where some string is allowed, a string is not of the wrong type.
    private static IEnumerable<string> TypesOf(JsonElement[] values) =>
        values.Any(value => value.ValueKind is JsonValueKind.String) ? [] : values.Select(SchemaFacts.TypeOf);

    private static JsonElement[] Items(JsonElement value) => value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
}

using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Normalization;

/// <summary>Flags on single properties, <c>required</c> and <c>optional</c>, belong into the list of the object that has them.</summary>
internal static class RequiredRule
{
    private const string Required = "required";
    private const string Optional = "optional";

    public static void Apply(ObjectEdit schema)
    {
        var hasList = schema.TryGet(Required, out var list);
        if (hasList && list.ValueKind != JsonValueKind.Array)
            return;

        List<JsonElement> listed = hasList ? [.. list.EnumerateArray()] : [];
        var names = listed.Where(item => item.ValueKind == JsonValueKind.String).Select(JsonText.Decode).ToHashSet(StringComparer.Ordinal);
        RemoveOptionalList(schema, names);
        if (!schema.TryGet("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
            return;

        var map = schema.Open("properties");
        foreach (var name in map.Names)
        {
            if (TakeFlags(map, name, names.Contains(name)) && names.Add(name))
                listed.Add(map.NameAsValue(name));
        }

        schema.Set("properties", map);
        if (listed.Count > (hasList ? list.GetArrayLength() : 0))
            schema.Set(Required, ObjectEdit.List(listed));
    }

    private static void RemoveOptionalList(ObjectEdit schema, HashSet<string> required)
    {
        if (!schema.TryGet(Optional, out var list) || list.ValueKind != JsonValueKind.Array)
            return;
        if (list.EnumerateArray().FirstOrDefault(item => item.ValueKind == JsonValueKind.String && required.Contains(JsonText.Decode(item)))
            is { ValueKind: JsonValueKind.String } both)
            throw Contradiction(schema, Optional, JsonText.Decode(both));
        schema.Remove(Optional, "'optional' adds nothing, since 'required' lists none of these: removed.");
    }

    /// <summary>Whether the property's own flags make it required; they are gone afterwards.</summary>
    private static bool TakeFlags(ObjectEdit map, string name, bool isListed)
    {
        if (map[name].ValueKind != JsonValueKind.Object
            || !(PropertyName.TryFind(map[name], "required"u8, out _) || PropertyName.TryFind(map[name], "optional"u8, out _)))
            return false;

        var property = map.Open(name);
        var isRequired = isListed;
        foreach (var keyword in (string[])[Required, Optional])
        {
            if (!property.TryGet(keyword, out var value) || Flag(value) is not { } flag)
                continue;
            var says = flag == (keyword == Required);
            if (isRequired && !says)
                throw Contradiction(property, keyword, name);
            isRequired |= says;
            var meaning = says
                ? "is taken as its name in the object's 'required'"
                : "adds nothing, since 'required' does not list the property: removed";
            property.Remove(keyword, $"'{keyword}': {JsonDisplay.Show(value)} {meaning}.");
        }

        map.Set(name, property);
        return isRequired;
    }

    private static JsonSchemaException Contradiction(ObjectEdit schema, string keyword, string name) => schema.Refuse(
        keyword, $"'{keyword}' makes '{JsonDisplay.Shorten(name)}' optional, but it is required as well; remove one of the two.");

    private static bool? Flag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(JsonText.Decode(value), out var flag) => flag,
        _ => null,
    };
}

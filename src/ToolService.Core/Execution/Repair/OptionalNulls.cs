using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution.Repair;

/// <summary>
/// Takes nulls that mean "not given" out of arguments. The strict form of a schema (<see cref="StrictSchema"/>) has no optional
/// properties, so a model that was given it writes null for what it leaves out; others do so of their own accord. This is the one
/// repair that no policy turns off: the service itself asks for such nulls.
/// </summary>
internal static class OptionalNulls
{
    /// <summary>The arguments without the nulls of optional properties that do not take null; the same ones where there is none.</summary>
    /// <param name="arguments">Arguments in which no object has a member twice.</param>
    /// <param name="schema">The schema as the tool declares it.</param>
    /// <param name="repairs">Gets an entry for every null that was removed.</param>
    public static JsonElement Remove(JsonElement arguments, JsonElement schema, List<ToolRepair> repairs)
    {
        if (arguments.ValueKind != JsonValueKind.Object || !HasNull(arguments))
            return arguments;

        var cleaned = JsonObject.Create(arguments)!;
        var before = repairs.Count;
        Clean(cleaned, schema, schema, "", repairs);
        return repairs.Count > before ? JsonSerializer.SerializeToElement(cleaned, ToolJson.Options) : arguments;
    }

    private static bool HasNull(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Object => value.EnumerateObject().Any(member => HasNull(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(HasNull),
        _ => false,
    };

    private static void Clean(JsonNode? value, JsonElement schema, JsonElement root, string pointer, List<ToolRepair> repairs)
    {
        schema = TheOneOf(SchemaFacts.Resolve(schema, root), root);
        if (schema.ValueKind != JsonValueKind.Object)
            return;

        if (value is JsonArray items && schema.TryGetProperty("items", out var itemSchema))
        {
            for (var i = 0; i < items.Count; i++)
                Clean(items[i], itemSchema, root, $"{pointer}/{i}", repairs);
        }
        else if (value is JsonObject members && schema.TryGetProperty("properties", out var properties))
        {
            var required = SchemaFacts.RequiredNames(schema);
            foreach (var property in properties.EnumerateObject().Where(property => members.ContainsKey(property.Name)))
            {
                var place = JsonPlace.Member(pointer, property.Name);
                if (members[property.Name] is { } member)
                    Clean(member, property.Value, root, place, repairs);
                else if (!required.Contains(property.Name) && !TakesNull(property.Value, root) && members.Remove(property.Name))
                    repairs.Add(new ToolRepair(ToolRepairKind.NullOmitted, place, RepairText.Of(ToolRepairKind.NullOmitted)));
            }
        }
    }

    // A nullable object is often written as a choice of itself and null.
    private static JsonElement TheOneOf(JsonElement schema, JsonElement root) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("anyOf", out var branches)
        && branches.EnumerateArray().Where(branch => !TakesNull(branch, root)).ToArray() is [var branch]
            ? SchemaFacts.Resolve(branch, root)
            : schema;

    private static bool TakesNull(JsonElement schema, JsonElement root)
    {
        schema = SchemaFacts.Resolve(schema, root);
        if (schema.ValueKind != JsonValueKind.Object)
            return true;
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.Null))
            return false;
        if (schema.TryGetProperty("const", out var constant) && constant.ValueKind != JsonValueKind.Null)
            return false;
        if (schema.TryGetProperty("type", out _))
            return SchemaFacts.IsOf(schema, "null");
        return !(schema.TryGetProperty("anyOf", out var branches) || schema.TryGetProperty("oneOf", out branches))
            || branches.EnumerateArray().Any(branch => TakesNull(branch, root));
    }
}

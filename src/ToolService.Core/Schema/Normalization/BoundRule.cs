using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Normalization;

/// <summary>Draft-04 and OpenAPI 3.0 make a bound exclusive with a flag; since draft-06 the exclusive bound is the number.</summary>
internal static class BoundRule
{
    public static void Apply(ObjectEdit schema)
    {
        Apply(schema, "exclusiveMinimum", "minimum");
        Apply(schema, "exclusiveMaximum", "maximum");
    }

    private static void Apply(ObjectEdit schema, string exclusive, string inclusive)
    {
        if (!schema.TryGet(exclusive, out var flag) || flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return;
        if (flag.ValueKind == JsonValueKind.False)
        {
            schema.Remove(exclusive, $"'{exclusive}': false says nothing: removed.");
            return;
        }

        if (!schema.TryGet(inclusive, out var bound) || bound.ValueKind != JsonValueKind.Number)
            throw schema.Refuse(
                exclusive, $"'{exclusive}': true says nothing without a number as '{inclusive}'; write the bound itself, \"{exclusive}\": 0.");
        schema.Set(exclusive, bound, $"'{exclusive}': true with '{inclusive}' is taken as '{exclusive}': {JsonDisplay.Show(bound)}.");
        schema.Remove(inclusive);
    }
}

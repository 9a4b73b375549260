using System.Collections.Frozen;

namespace ToolService.Core.Schema.Normalization;

/// <summary>The keywords of all drafts that hold schemas.</summary>
internal static class SchemaPositions
{
    private static readonly FrozenDictionary<string, SchemaPosition> Positions = All()
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Position, StringComparer.Ordinal);

    /// <summary>What the keyword's schemas describe; null where it holds none.</summary>
    public static SchemaPosition? Of(string keyword) => Positions.TryGetValue(keyword, out var position) ? position : null;

    private static IEnumerable<(string Name, SchemaPosition Position)> All()
    {
        string[] declared =
            ["items", "prefixItems", "additionalItems", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"];
        string[] conditions = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "contains", "propertyNames"];
        string[] declaredByName = ["properties", "patternProperties", "$defs", "definitions"];
        string[] conditionsByName = ["dependentSchemas", "dependencies"];
        return
        [
            .. declared.Select(name => (name, new SchemaPosition(IsMap: false, Declares: true))),
            .. conditions.Select(name => (name, new SchemaPosition(IsMap: false, Declares: false))),
            .. declaredByName.Select(name => (name, new SchemaPosition(IsMap: true, Declares: true))),
            .. conditionsByName.Select(name => (name, new SchemaPosition(IsMap: true, Declares: false))),
        ];
    }
}

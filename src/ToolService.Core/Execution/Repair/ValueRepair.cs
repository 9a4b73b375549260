using System.Text.Json;
using ToolService.Core.Schema;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution.Repair;

/// <summary>
/// Finds the one way to read arguments that satisfies the schema. Only places at which the schema is violated change; where a place, or an
/// alternative of the schema, can be satisfied in more than one way, or the work would not be small, there is no repair.
/// </summary>
internal sealed class ValueRepair
{
    private readonly DeclaredNames _declared;
    private readonly int _maxDepth;
    private readonly bool _triesAlternatives;
    private int _checks;

    private ValueRepair(JsonElement definition, int maxDepth)
    {
        _declared = new DeclaredNames(definition);
        _maxDepth = maxDepth;
        _triesAlternatives = definition.GetRawText().Length <= RepairLimits.MaxSchemaCharacters;
    }

    /// <summary>The arguments as the schema takes them; null where there is not exactly one way.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object that violates the tool's schema.</param>
    /// <param name="maxDepth">The deepest nesting.</param>
    /// <param name="repairs">Gets what was done.</param>
    public static JsonElement? TryRepair(Tool tool, JsonElement arguments, int maxDepth, List<ToolRepair> repairs)
    {
        try
        {
            var repair = new ValueRepair(tool.InputSchema, maxDepth);
            var unwrapped = Wrapper.Remove(arguments, tool.Name, repair._declared, maxDepth, repairs);
            var found = repair.Find(tool.Schema, tool.InputSchema, unwrapped, depth: 0);
            repairs.AddRange(found.Repairs);
            return found.Value;
        }
        catch (InvalidOperationException)
        {
            // A string held JSON with half a surrogate pair.
            return null;
        }
    }

    private RepairFinding Find(JsonSchema schema, JsonElement definition, JsonElement value, int depth)
    {
        List<ToolRepair> repairs = [];
        while (Check(schema, value) is { Count: <= RepairLimits.MaxErrors } errors)
        {
            if (errors.Count == 0)
                return new RepairFinding(value, repairs, IsOpen: false);
            if (ChangesFor(schema, definition, value, errors, depth) is not { } changes)
                return RepairFinding.Open;

            var before = repairs.Count;
            repairs.AddRange(changes.SelectMany(change => change.Repairs));
            value = changes.Count == 0
                ? OptionalNulls.Remove(value, definition, repairs)
                : JsonPlace.Replace(value, changes.ToDictionary(change => change.Pointer, change => change.Json));
            if (repairs.Count == before)
                return RepairFinding.None;
        }

        return RepairFinding.Open;
    }

    /// <summary>The violations; null when there was enough work.</summary>
    private IReadOnlyList<SchemaError>? Check(JsonSchema schema, JsonElement value) =>
        _checks++ < RepairLimits.MaxChecks ? schema.Validate(value) : null;

    /// <summary>At most one change for each violated place, outer ones first and none within another; null where one is open.</summary>
    private List<RepairChange>? ChangesFor(JsonSchema schema, JsonElement definition, JsonElement value, IReadOnlyList<SchemaError> errors, int depth)
    {
        List<RepairChange> changes = [];
        List<string> settled = [];
        foreach (var place in errors.GroupBy(error => error.Pointer).OrderBy(place => JsonPlace.DepthOf(place.Key)))
        {
            var pointer = place.Key;
            if (settled.Exists(outer => JsonPlace.IsWithin(pointer, outer)) || JsonPlace.Find(value, pointer) is not { } at)
                continue;

            var choice = place.FirstOrDefault(error => error.Keyword is "anyOf" or "oneOf");
            if (choice is null ? !TryReadings(schema, definition, value, place, at, depth, out var change)
                : !TryAlternatives(definition, choice, at, depth, out change))
                return null;
            if (change is not null)
                changes.Add(change);
            // What is violated within a choice is only what the nearest alternative says of it.
            if (change is not null || choice is not null)
                settled.Add(pointer);
        }

        return changes;
    }

    /// <summary>Finds the one reading of a value; false where there are several.</summary>
    private bool TryReadings(
        JsonSchema schema, JsonElement definition, JsonElement whole, IGrouping<string, SchemaError> place, JsonElement at, int depth, out RepairChange? change)
    {
        if (at.ValueKind is JsonValueKind.Object)
        {
            change = Renaming.Of(at, place.Key, definition, place, _declared);
            return true;
        }

        var levels = _maxDepth - depth - JsonPlace.DepthOf(place.Key);
        var readings = Readings.Of(at, Readings.TypesFor(definition, place), place.Key, levels);
        if (readings.Count > 1)
            readings = [.. readings.Where(reading => IsValidThere(schema, whole, reading))];
        change = readings is [var only] ? only : null;
        return readings.Count <= 1;
    }

    private bool IsValidThere(JsonSchema schema, JsonElement whole, RepairChange reading) =>
        Check(schema, JsonPlace.Replace(whole, new Dictionary<string, string> { [reading.Pointer] = reading.Json }))
            is not { } errors || !errors.Any(error => JsonPlace.IsWithin(error.Pointer, reading.Pointer));

    private static ToolRepair Within(string pointer, ToolRepair repair) => repair with { Pointer = pointer + repair.Pointer };

    /// <summary>Finds the one way to satisfy an alternative, each as if it were the only one; false where there are several.</summary>
    private bool TryAlternatives(JsonElement definition, SchemaError choice, JsonElement at, int depth, out RepairChange? change)
    {
        change = null;
        if (!_triesAlternatives
            || JsonPlace.Find(definition, choice.SchemaPointer) is not { ValueKind: JsonValueKind.Array } alternatives
            || alternatives.GetArrayLength() > RepairLimits.MaxAlternatives)
            return false;

        RepairFinding? only = null;
        foreach (var alternative in alternatives.EnumerateArray())
        {
            if (BranchSchema.TryCompile(definition, alternative) is not { } branch)
                return false;
            var found = Find(branch.Schema, branch.Definition, at, depth + JsonPlace.DepthOf(choice.Pointer));
            if (found.IsOpen)
                return false;
            if (found.Value is not { } reading)
                continue;
            // One that holds already is one too many for a oneOf, which no other reading helps.
            if (found.Repairs.Count == 0 || (only is { Value: { } other } && !JsonElement.DeepEquals(reading, other)))
                return false;
            only ??= found;
        }

        if (only is { Value: { } value, Repairs: var repairs })
            change = new RepairChange(choice.Pointer, value.GetRawText(), [.. repairs.Select(repair => Within(choice.Pointer, repair))]);
        return true;
    }
}

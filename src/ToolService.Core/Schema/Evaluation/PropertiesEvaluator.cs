using System.Text.Json;
using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c> and <c>required</c>, in one pass over the object.
/// </summary>
internal sealed class PropertiesEvaluator : IEvaluator, IMarksEvaluated
{
    private const int WordBits = 64;
    private const int MaxStackWords = 8;

    private readonly PropertyRule[] _rules;
    private readonly NameTable _names;
    private readonly (SchemaPattern Pattern, SchemaNode Schema)[] _patterns;
    private readonly SchemaNode? _additional;
    private readonly Keyword _additionalKeyword;
    private readonly Keyword _requiredKeyword;
    private readonly int _requiredCount;

    public PropertiesEvaluator(
        IReadOnlyList<PropertyRule> rules,
        IReadOnlyList<(SchemaPattern Pattern, SchemaNode Schema)> patterns,
        SchemaNode? additional,
        Keyword additionalKeyword,
        Keyword requiredKeyword)
    {
        _rules = [.. rules];
        _names = new NameTable(_rules.Select(rule => rule.Name));
        _patterns = [.. patterns];
        _additional = additional;
        _additionalKeyword = additionalKeyword;
        _requiredKeyword = requiredKeyword;
        _requiredCount = _rules.Count(rule => rule.RequiredIndex >= 0);
    }

    public ValueKinds Kinds => ValueKinds.Object;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        if (instance.GetPropertyCount() < _requiredCount)
            return false;

        var words = (_requiredCount + WordBits - 1) / WordBits;
        Span<ulong> seen = words <= MaxStackWords ? stackalloc ulong[words] : new ulong[words];
        var missing = _requiredCount;
        foreach (var property in instance.EnumerateObject())
        {
            var index = _names.Find(property);
            if (index >= 0 && IsFirstSight(seen, _rules[index].RequiredIndex))
                missing--;
            if (!IsPropertyValid(property, index >= 0 ? _rules[index].Schema : null, ref run))
                return false;
        }

        return missing == 0;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        CollectMissing(instance, sink);
        foreach (var property in instance.EnumerateObject())
        {
            sink.Push(property);
            CollectProperty(instance, property, ref run, sink);
            sink.Pop();
        }
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        if (_additional is not null)
        {
            marks.MarkAll();
            return;
        }

        var position = 0;
        foreach (var property in instance.EnumerateObject())
        {
            var index = _names.Find(property);
            if (index >= 0 && _rules[index].Schema is not null || MatchesPattern(property, ref run))
                marks.Mark(position);
            position++;
        }
    }

    private static bool IsFirstSight(Span<ulong> seen, int requiredIndex)
    {
        if (requiredIndex < 0)
            return false;
        var bit = 1UL << requiredIndex % WordBits;
        var isFirst = (seen[requiredIndex / WordBits] & bit) == 0;
        seen[requiredIndex / WordBits] |= bit;
        return isFirst;
    }

    private bool IsPropertyValid(JsonProperty property, SchemaNode? schema, ref EvaluationRun run)
    {
        if (schema is not null && !schema.IsValid(property.Value, ref run))
            return false;

        var evaluated = schema is not null;
        foreach (var (pattern, patternSchema) in _patterns)
        {
            if (!pattern.IsMatch(PropertyName.Raw(property), ref run))
                continue;
            if (!patternSchema.IsValid(property.Value, ref run))
                return false;
            evaluated = true;
        }

        return evaluated || _additional is null || _additional.IsValid(property.Value, ref run);
    }

    private bool MatchesPattern(JsonProperty property, ref EvaluationRun run)
    {
        foreach (var (pattern, _) in _patterns)
        {
            if (pattern.IsMatch(PropertyName.Raw(property), ref run))
                return true;
        }

        return false;
    }

    private void CollectMissing(JsonElement instance, ErrorSink sink)
    {
        if (_requiredCount == 0)
            return;
        var present = FindPresent(instance);
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].RequiredIndex >= 0 && !present[i])
                sink.Add(instance, _requiredKeyword, $"the property '{JsonDisplay.Shorten(_rules[i].Name)}' is required and missing");
        }
    }

    /// <summary>Which rules' properties the instance has.</summary>
    private bool[] FindPresent(JsonElement instance)
    {
        var present = new bool[_rules.Length];
        foreach (var property in instance.EnumerateObject())
        {
            if (_names.Find(property) is var index and >= 0)
                present[index] = true;
        }

        return present;
    }

    private void CollectProperty(JsonElement instance, JsonProperty property, ref EvaluationRun run, ErrorSink sink)
    {
        var index = _names.Find(property);
        var schema = index >= 0 ? _rules[index].Schema : null;
        schema?.Collect(property.Value, ref run, sink);
        var evaluated = schema is not null;
        foreach (var (pattern, patternSchema) in _patterns)
        {
            if (!pattern.IsMatch(PropertyName.Raw(property), ref run))
                continue;
            patternSchema.Collect(property.Value, ref run, sink);
            evaluated = true;
        }

        if (evaluated || _additional is null)
            return;
        if (!_additional.RefusesEverything)
            _additional.Collect(property.Value, ref run, sink);
        else if (!sink.TryCountUnlisted())
            sink.Add(property.Value, _additionalKeyword, UnknownProperty(instance, property));
    }

    private string UnknownProperty(JsonElement instance, JsonProperty unknown)
    {
        var present = FindPresent(instance);
        List<int> allowed = [.. Enumerable.Range(0, _rules.Length).Where(index => _rules[index].Schema is { RefusesEverything: false })];
        return UnknownPropertyMessage.Of(
            JsonText.Decode(PropertyName.Raw(unknown)),
            allowed.Where(index => !present[index]).Select(index => _rules[index].Name),
            allowed.Select(index => _rules[index].Name));
    }
}

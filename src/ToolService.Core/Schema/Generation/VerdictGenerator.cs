using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ToolService.Core.Schema.Evaluation;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Generation;

/// <summary>
/// Generates the code that recognizes valid values of one schema: objects with their properties, lists with their items, and of other
/// values what can be told at a glance. Whatever it does not recognize is asked of the evaluators, value by value.
/// </summary>
internal sealed class VerdictGenerator
{
    // Keeps the code of schemas that refer to the same parts many times in proportion.
    private const int MaxValues = 128;

    private const int MaxProperties = 64;
    private const int MaxTextBytes = 64;
    private const int MaxEnumValues = 16;

    private readonly VerdictCode _code = new();
    private readonly HashSet<SchemaNode> _open = [];
    private int _values;

    /// <summary>The verdict on values of a schema; null where its evaluators are as good, or code cannot be generated.</summary>
    public static GeneratedVerdict? TryGenerate(SchemaNode root)
    {
        var isWorthIt = IsObject(root.Rules(JsonTokenType.StartObject)) || IsList(root.Rules(JsonTokenType.StartArray));
        if (!RuntimeFeature.IsDynamicCodeCompiled || !isWorthIt)
            return null;
        var generator = new VerdictGenerator();
        generator.Value(root);
        return generator._code.Finish();
    }

    private static bool IsObject(KindRules rules) =>
        rules.Properties is { HasPatterns: false, Names: { Count: <= MaxProperties } names } && names.AreWithin(MaxTextBytes);

    private static bool IsList(KindRules rules) => rules.Items is { OnlySchema: not null };

    private static bool IsText(KindRules rules) => rules.IsTold
        || (rules.Others is [EnumEvaluator { Strings: { Count: > 0 and <= MaxEnumValues } texts }] && texts.AreWithin(MaxTextBytes));

    /// <summary>Recognizes the value at the cursor, and moves the cursor behind it.</summary>
    private void Value(SchemaNode node)
    {
        var depth = _open.Count;
        if (++_values > MaxValues || !_open.Add(node))
        {
            _code.Ask(node, depth);
            return;
        }

        var (done, ask) = (_code.Label(), _code.Label());
        List<Action<Label>> ways = [];
        if (node.Accepted != ValueKinds.None)
            ways.Add(otherwise => Accepted(node.Accepted, otherwise));
        AddWay(JsonTokenType.StartObject, IsObject, Object);
        AddWay(JsonTokenType.StartArray, IsList, List);
        AddWay(JsonTokenType.String, IsText, Text);
        AddWay(JsonTokenType.Number, rules => rules.IsTold, Number);
        for (var i = 0; i < ways.Count; i++)
        {
            var otherwise = i == ways.Count - 1 ? ask : _code.Label();
            ways[i](otherwise);
            if (i == ways.Count - 1)
                break;
            _code.Go(done);
            _code.Mark(otherwise);
        }

        if (ways.Count == 0)
            _code.Ask(node, depth);
        else
            _code.Aside(() => Ask(node, depth, ask, done));
        _code.Mark(done);
        _open.Remove(node);

        void AddWay(JsonTokenType kind, Func<KindRules, bool> isKnown, Action<KindRules, Label> recognize)
        {
            if (node.Rules(kind) is not { All.Length: > 0 } rules || !isKnown(rules))
                return;
            ways.Add(otherwise =>
            {
                _code.Unless(nameof(VerdictSteps.IsKind), otherwise, kind);
                Size(rules.Glance, ask);
                recognize(rules, ask);
            });
        }
    }

    private void Ask(SchemaNode node, int depth, Label ask, Label done)
    {
        _code.Mark(ask);
        _code.Ask(node, depth);
        _code.Go(done);
    }

    private void Accepted(ValueKinds kinds, Label otherwise)
    {
        if (kinds == ValueKinds.String)
            _code.Unless(nameof(VerdictSteps.IsKind), otherwise, JsonTokenType.String);
        else
            _code.Unless(nameof(VerdictSteps.IsAnyKind), otherwise, kinds);
        _code.Move((kinds & (ValueKinds.Object | ValueKinds.Array)) != 0 ? nameof(VerdictSteps.Next) : nameof(VerdictSteps.Inside));
    }

    private void Size(in Glance glance, Label ask)
    {
        if (glance.LeastSize > 0 || glance.MostSize < int.MaxValue)
            _code.Unless(nameof(VerdictSteps.HasSize), ask, glance.LeastSize, glance.MostSize);
    }

    private void Number(KindRules rules, Label ask)
    {
        if (rules.Glance.Numbers is var (least, most, integersOnly))
            _code.Unless(nameof(VerdictSteps.IsInRange), ask, least, most, integersOnly);
        _code.Move(nameof(VerdictSteps.Inside));
    }

    private void Text(KindRules rules, Label ask)
    {
        if (rules.Glance.NonAscii != 0)
            _code.Unless(nameof(VerdictSteps.StartsInAscii), ask, rules.Glance.NonAscii);
        if (rules.Others is [EnumEvaluator { Strings: var texts }])
        {
            var found = _code.Label();
            for (var i = 0; i < texts.Count; i++)
            {
                var otherwise = i == texts.Count - 1 ? ask : _code.Label();
                Is(texts, i, otherwise);
                if (i == texts.Count - 1)
                    break;
                _code.Go(found);
                _code.Mark(otherwise);
            }

            _code.Mark(found);
        }

        _code.Move(nameof(VerdictSteps.Inside));
    }

    private void Is(NameTable names, int number, Label otherwise)
    {
        const int Word = sizeof(ulong);
        var text = names.Written(number);
        var shift = 8 * Math.Max(0, Word - text.Length);
        _code.Unless(nameof(VerdictSteps.Starts), otherwise, names.MarkedSize(number), shift, JsonRows.PrefixOf(text) << shift);
        for (var offset = Word; offset < text.Length; offset += Word)
        {
            var start = Math.Min(offset, text.Length - Word);
            _code.Unless(nameof(VerdictSteps.Continues), otherwise, start, JsonRows.PrefixOf(text[start..]));
        }
    }

    private void List(KindRules rules, Label ask)
    {
        var (next, closed) = (_code.Label(), _code.Label());
        var end = _code.Open();
        _code.Mark(next);
        _code.IfAt(end, closed);
        Value(rules.Items!.OnlySchema!);
        _code.Go(next);
        _code.Mark(closed);
        _code.Move(nameof(VerdictSteps.Inside));
    }

    /// <summary>
    /// Expects properties in the order in which the schema has them, each of which may be missing; looks a name up where that fails, and
    /// goes on from there.
    /// </summary>
    private void Object(KindRules rules, Label ask)
    {
        var properties = rules.Properties!;
        var count = properties.Names.Count;
        var (expect, attempt, found) = (Labels(count + 1), Labels(count + 1), Labels(count));
        var closed = _code.Label();
        var seen = _code.Bits();
        var end = _code.Open();
        for (var i = 0; i < count; i++)
        {
            _code.Mark(expect[i]);
            _code.IfAt(end, closed);
            _code.Mark(attempt[i]);
            Is(properties.Names, i, attempt[i + 1]);
            _code.Mark(found[i]);
            var rule = properties.Rules[i];
            if (rule.RequiredIndex >= 0)
                _code.Set(seen, rule.RequiredBit);
            Property(rule.Schema ?? properties.Additional);
        }

        _code.Mark(expect[count]);
        _code.IfAt(end, closed);
        _code.Mark(attempt[count]);
        if (count > 0)
            _code.Choose(properties.Names, found);
        Property(properties.Additional);
        _code.Go(expect[count]);
        _code.Mark(closed);
        _code.UnlessAll(seen, properties.AllRequired, _code.Unsure);
        _code.Move(nameof(VerdictSteps.Inside));
    }

    private void Property(SchemaNode? schema)
    {
        if (schema is { RefusesEverything: true })
        {
            _code.Go(_code.Unsure);
            return;
        }

        _code.Move(nameof(VerdictSteps.Inside));
        if (schema is null)
            _code.Move(nameof(VerdictSteps.Next));
        else
            Value(schema);
    }

    private Label[] Labels(int count) => [.. Enumerable.Range(0, count).Select(_ => _code.Label())];
}

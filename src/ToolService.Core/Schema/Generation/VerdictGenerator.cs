using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Generation;

/// <summary>
/// Generates the code of one schema's verdict: objects with their properties, lists with their items, the schemas that apply to the same
/// value, and of other values what can be told at a glance. What it does not know or cannot tell is asked of the evaluators, value by
/// value.
/// </summary>
internal sealed class VerdictGenerator
{
    // Keeps the code of schemas that refer to the same parts many times in proportion.
    private const int MaxValues = 128;

    private static readonly (ValueKinds Kinds, JsonTokenType Token)[] Kinds =
    [
        (ValueKinds.Object, JsonTokenType.StartObject), (ValueKinds.Array, JsonTokenType.StartArray),
        (ValueKinds.String, JsonTokenType.String), (ValueKinds.Number, JsonTokenType.Number),
        (ValueKinds.Boolean, JsonTokenType.True), (ValueKinds.Null, JsonTokenType.Null),
    ];

    private readonly VerdictCode _code = new();
    private readonly HashSet<SchemaNode> _open = [];
    private readonly ScalarVerdicts _scalars;
    private readonly ContainerVerdicts _containers;
    private readonly InPlaceVerdicts _inPlace;
    private int _values;

    private VerdictGenerator()
    {
        _scalars = new ScalarVerdicts(_code);
        _containers = new ContainerVerdicts(_code, this);
        _inPlace = new InPlaceVerdicts(_code, this);
    }

    /// <summary>The verdict on values of a schema; null where its evaluators are as good, or code cannot be generated.</summary>
    public static GeneratedVerdict? TryGenerate(SchemaNode root)
    {
        var isWorthIt = Array.Exists(Kinds, kind => Array.Exists(root.Rules(kind.Token).Others, IsWorthIt));
        if (!RuntimeFeature.IsDynamicCodeCompiled || !isWorthIt)
            return null;
        var generator = new VerdictGenerator();
        var no = generator._code.Label();
        generator.Value(root, no, null);
        return generator._code.Finish(no);
    }

    /// <summary>Checks the value at the cursor, and moves the cursor behind it.</summary>
    /// <param name="node">The value's schema.</param>
    /// <param name="no">Where to go, the cursor anywhere, where the value is not valid.</param>
    /// <param name="marks">Where to mark what the schema evaluates of the value, if anything asks.</param>
    public void Value(SchemaNode node, Label no, BitSet? marks)
    {
        var depth = _open.Count;
        if (++_values > MaxValues || !_open.Add(node))
        {
            _code.Ask(node, depth, no, marks);
            return;
        }

        var (done, ask) = (_code.Label(), _code.Label());
        var groups = Group(node);
        var ways = groups.FindAll(group => !group.Rules.RefuseAll && !group.Rules.HasScope);
        var isAsked = ways.Count < groups.Count && groups.Exists(group => !group.Rules.RefuseAll && group.Rules.HasScope);
        if (ways.Count == 0)
            _code.Go(isAsked ? ask : no);
        for (var i = 0; i < ways.Count; i++)
        {
            var isLast = i == ways.Count - 1;
            var otherwise = !isLast ? _code.Label() : isAsked ? ask : no;
            if (ways.Count > 1 || ways[i].Kinds != ValueKinds.Any)
                IfKind(ways[i].Kinds, otherwise);
            Rules(ways[i].Kinds, ways[i].Rules, new VerdictExits(ask, no), marks);
            if (isLast)
                break;
            _code.Go(done);
            _code.Mark(otherwise);
        }

        _code.Aside(() =>
        {
            _code.Mark(ask);
            _code.Ask(node, depth, no, marks);
            _code.Go(done);
        });
        _code.Mark(done);
        _open.Remove(node);
    }

    private static bool IsWorthIt(Evaluator evaluator) =>
        evaluator is RefEvaluator or UnevaluatedEvaluator || ContainerVerdicts.Knows(evaluator) || InPlaceVerdicts.Knows(evaluator);

    /// <summary>The kinds of values, those together of which the same is asked, the empty question first.</summary>
    private static List<(ValueKinds Kinds, KindRules Rules)> Group(SchemaNode node)
    {
        List<(ValueKinds Kinds, KindRules Rules)> groups = [];
        foreach (var (kinds, token) in Kinds)
        {
            var rules = node.Rules(token);
            var same = groups.FindIndex(group => AreTold(group) == AreTold((kinds, rules)) && AreSame(group.Rules, rules));
            if (same < 0)
                groups.Add((kinds, rules));
            else
                groups[same] = groups[same] with { Kinds = groups[same].Kinds | kinds };
        }

        return [.. groups.OrderBy(group => group.Rules.All.Length > 0)];
    }

    /// <summary>Whether the values are strings among which some are known, which is quicker to tell of them alone.</summary>
    private static bool AreTold((ValueKinds Kinds, KindRules Rules) group) =>
        group.Kinds == ValueKinds.String && Array.Exists(group.Rules.Others, ScalarVerdicts.Knows);

    private static bool AreSame(KindRules some, KindRules others) =>
        some == others || (some.Glance.IsAlwaysSure && others.Glance.IsAlwaysSure && some.Others.SequenceEqual(others.Others));

    private void IfKind(ValueKinds kinds, Label otherwise)
    {
        var token = Array.Find(Kinds, kind => kind.Kinds == kinds).Token;
        // Names, which are strings to propertyNames, never come here.
        if (token is JsonTokenType.None or JsonTokenType.True)
            _code.Unless(nameof(VerdictSteps.IsAnyKind), otherwise, kinds);
        else
            _code.Unless(nameof(VerdictSteps.IsKind), otherwise, token);
    }

    private void Rules(ValueKinds kinds, KindRules rules, VerdictExits exits, BitSet? marks)
    {
        _scalars.Glance(kinds, rules.Glance, exits);
        if (rules.Others is [.. var others, UnevaluatedEvaluator unevaluated])
            _containers.Unevaluated(unevaluated, exits, marks, own => All(kinds, others, exits, own));
        else
            All(kinds, rules.Others, exits, marks);
    }

    private void All(ValueKinds kinds, Evaluator[] evaluators, VerdictExits exits, BitSet? marks)
    {
        if (evaluators.Length == 0)
            Pass(kinds);
        var start = evaluators.Length > 1 ? _code.Keep() : null;
        for (var i = 0; i < evaluators.Length; i++)
        {
            if (i > 0)
                _code.Return(start!);
            One(kinds, evaluators[i], exits.No, marks);
        }
    }

    private void Pass(ValueKinds kinds) =>
        _code.Move((kinds & (ValueKinds.Object | ValueKinds.Array)) != 0 ? nameof(VerdictSteps.Next) : nameof(VerdictSteps.Inside));

    private void One(ValueKinds kinds, Evaluator evaluator, Label no, BitSet? marks)
    {
        if (evaluator is RefEvaluator reference)
            Value(reference.Target, no, marks);
        else if (ContainerVerdicts.Knows(evaluator))
            _containers.Write(evaluator, no, marks);
        else if (InPlaceVerdicts.Knows(evaluator))
            _inPlace.Write(evaluator, no, marks);
        else if (kinds == ValueKinds.String && ScalarVerdicts.Knows(evaluator))
            _scalars.Text((EnumEvaluator)evaluator, _open.Count, no);
        else if (evaluator is EnumEvaluator { HasOnlyStrings: true } && (kinds & ValueKinds.String) == 0)
            _code.Go(no);
        else
            _code.Ask(evaluator, _open.Count, no, marks);
    }
}

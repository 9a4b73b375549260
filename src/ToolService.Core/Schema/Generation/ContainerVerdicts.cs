using System.Reflection.Emit;
using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Generation;

/// <summary>Generates code for keywords that go through an object's properties or a list's items.</summary>
internal sealed class ContainerVerdicts(VerdictCode code, VerdictGenerator values)
{
    private const int MaxProperties = 64;
    private const int MaxPrefix = 64;
    private const int MaxMarks = 64;

    private readonly ScalarVerdicts _scalars = new(code);

    public static bool Knows(Evaluator evaluator) => evaluator switch
    {
        PropertiesEvaluator { HasPatterns: false, Names: { Count: <= MaxProperties } names } => ScalarVerdicts.Knows(names),
        ItemsEvaluator items => items.Prefix.Length <= MaxPrefix,
        _ => evaluator is ContainsEvaluator,
    };

    public void Write(Evaluator evaluator, Label no, BitSet? marks)
    {
        switch (evaluator)
        {
            case PropertiesEvaluator properties:
                Object(properties, no, marks);
                break;
            case ItemsEvaluator items:
                List(items, no, marks);
                break;
            case ContainsEvaluator contains:
                Contains(contains, no, marks);
                break;
        }
    }

    /// <summary>Checks what no neighbour has evaluated.</summary>
    /// <param name="evaluator">The keyword.</param>
    /// <param name="exits">Where to go if not on.</param>
    /// <param name="marks">Where to mark that everything is evaluated.</param>
    /// <param name="neighbours">Writes the code of the neighbours, given where they mark.</param>
    public void Unevaluated(UnevaluatedEvaluator evaluator, VerdictExits exits, BitSet? marks, Action<BitSet?> neighbours)
    {
        if (evaluator.Schema.Accepted == ValueKinds.Any)
        {
            neighbours(null);
            marks?.Add(ulong.MaxValue);
            return;
        }

        code.Unless(nameof(VerdictSteps.HasSize), exits.Ask, 0, MaxMarks);
        var start = code.Keep();
        var own = code.Bits();
        neighbours(own);
        code.Return(start);
        if (evaluator.Schema.RefusesEverything)
        {
            code.UnlessAllChildren(own, exits.No);
            code.Move(nameof(VerdictSteps.Next));
        }
        else
        {
            Rest(evaluator, own, exits.No);
        }

        marks?.Add(ulong.MaxValue);
    }

    private void Rest(UnevaluatedEvaluator evaluator, BitSet evaluated, Label no)
    {
        var (next, skip, passed, closed) = (code.Label(), code.Label(), code.Label(), code.Label());
        var bit = code.Bits(1);
        var end = code.Open();
        code.Mark(next);
        code.IfAt(end, closed);
        if (evaluator.Kinds == ValueKinds.Object)
            code.Move(nameof(VerdictSteps.Inside));
        evaluated.IfHasAny(bit, skip);
        values.Value(evaluator.Schema, no, null);
        code.Mark(passed);
        bit.Shift();
        code.Go(next);
        code.Mark(skip);
        code.Move(nameof(VerdictSteps.Next));
        code.Go(passed);
        code.Mark(closed);
        code.Move(nameof(VerdictSteps.Inside));
    }

    private void List(ItemsEvaluator items, Label no, BitSet? marks)
    {
        var (next, closed) = (code.Label(), code.Label());
        marks?.Add(items.Rest is not null || items.Prefix.Length == MaxMarks ? ulong.MaxValue : (1UL << items.Prefix.Length) - 1);
        var end = code.Open();
        foreach (var schema in items.Prefix)
        {
            code.IfAt(end, closed);
            values.Value(schema, no, null);
        }

        if (items.Rest is { } rest)
        {
            code.Mark(next);
            code.IfAt(end, closed);
            values.Value(rest, no, null);
            code.Go(next);
        }

        code.Mark(closed);
        code.Return(end);
        code.Move(nameof(VerdictSteps.Inside));
    }

    private void Contains(ContainsEvaluator contains, Label no, BitSet? marks)
    {
        var (next, other, passed, closed, enough) = (code.Label(), code.Label(), code.Label(), code.Label(), code.Label());
        var marked = contains.Marks ? marks : null;
        var bit = marked is null ? null : code.Bits(1);
        var count = code.Count();
        var end = code.Open();
        code.Mark(next);
        code.IfAt(end, closed);
        var item = code.Keep();
        values.Value(contains.Schema, other, null);
        count.Increment();
        if (bit is not null)
            marked!.Add(bit);
        if (contains.Maximum < long.MaxValue)
            count.IfAbove(contains.Maximum, no);
        else if (marked is null)
            count.IfAbove(contains.Minimum - 1, enough);
        code.Mark(passed);
        bit?.Shift();
        code.Go(next);
        code.Mark(other);
        code.Return(item);
        code.Move(nameof(VerdictSteps.Next));
        code.Go(passed);
        code.Mark(closed);
        count.IfBelow(contains.Minimum, no);
        code.Mark(enough);
        code.Return(end);
        code.Move(nameof(VerdictSteps.Inside));
    }

    /// <summary>
    /// Expects properties in the order in which the schema has them, each of which may be missing; looks a name up where that fails, and
    /// goes on from there.
    /// </summary>
    private void Object(PropertiesEvaluator properties, Label no, BitSet? marks)
    {
        var count = properties.Names.Count;
        var (expect, attempt, found) = (code.Labels(count + 1), code.Labels(count + 1), code.Labels(count));
        var closed = code.Label();
        var seen = code.Bits();
        var bit = marks is null || properties.Additional is not null ? null : code.Bits(1);
        if (properties.Additional is not null)
            marks?.Add(ulong.MaxValue);
        var end = code.Open();
        for (var i = 0; i < count; i++)
        {
            code.Mark(expect[i]);
            code.IfAt(end, closed);
            code.Mark(attempt[i]);
            _scalars.Is(properties.Names, i, attempt[i + 1]);
            code.Mark(found[i]);
            var rule = properties.Rules[i];
            if (rule.RequiredIndex >= 0)
                seen.Add(rule.RequiredBit);
            if (bit is not null && rule.Schema is not null)
                marks!.Add(bit);
            Property(rule.Schema ?? properties.Additional, no);
            bit?.Shift();
        }

        code.Mark(expect[count]);
        code.IfAt(end, closed);
        code.Mark(attempt[count]);
        if (count > 0)
            code.Choose(properties.Names, found);
        Property(properties.Additional, no);
        bit?.Shift();
        code.Go(expect[count]);
        code.Mark(closed);
        seen.UnlessIs(properties.AllRequired, no);
        code.Move(nameof(VerdictSteps.Inside));
    }

    private void Property(SchemaNode? schema, Label no)
    {
        if (schema is { RefusesEverything: true })
        {
            code.Go(no);
            return;
        }

        code.Move(nameof(VerdictSteps.Inside));
        if (schema is null)
            code.Move(nameof(VerdictSteps.Next));
        else
            values.Value(schema, no, null);
    }
}

using System.Reflection.Emit;
using ToolService.Core.Schema.Evaluation;

namespace ToolService.Core.Schema.Generation;

/// <summary>Generates code for keywords that apply other schemas to the same value.</summary>
internal sealed class InPlaceVerdicts(VerdictCode code, VerdictGenerator values)
{
    // Each takes room in the code, also where it is only asked.
    private const int MaxBranches = 64;

    public static bool Knows(Evaluator evaluator) => evaluator
        is AllOfEvaluator or AlternativesEvaluator or NotEvaluator or ConditionalEvaluator or DependentSchemasEvaluator
        && ((IInPlaceApplicator)evaluator).Branches.Count() <= MaxBranches;

    /// <summary>Checks the value at the cursor, and moves the cursor behind it.</summary>
    public void Write(Evaluator evaluator, Label no, BitSet? marks)
    {
        var start = code.Keep();
        switch (evaluator)
        {
            case AllOfEvaluator all:
                AllOf(all, start, no, marks);
                break;
            case AlternativesEvaluator { ExactlyOne: false } any when marks is null:
                AnyOf(any, start, no);
                break;
            case AlternativesEvaluator alternatives:
                Count(alternatives, start, no, marks);
                break;
            case NotEvaluator not:
                Not(not, start, no);
                break;
            case ConditionalEvaluator conditional:
                Conditional(conditional, start, no, marks);
                break;
            case DependentSchemasEvaluator dependent:
                Dependent(dependent, start, no, marks);
                break;
        }
    }

    private void AllOf(AllOfEvaluator all, LocalBuilder start, Label no, BitSet? marks)
    {
        foreach (var branch in all.Branches)
        {
            code.Return(start);
            values.Value(branch, no, marks);
        }
    }

    private void AnyOf(AlternativesEvaluator any, LocalBuilder start, Label no)
    {
        var found = code.Label();
        foreach (var branch in any.Branches)
        {
            var otherwise = code.Label();
            code.Return(start);
            values.Value(branch, otherwise, null);
            code.Go(found);
            code.Mark(otherwise);
        }

        code.Go(no);
        code.Mark(found);
    }

    /// <summary>
    /// Asks every alternative, since one that holds is not enough: it may not be the only one, or not the only one that marks.
    /// </summary>
    private void Count(AlternativesEvaluator alternatives, LocalBuilder start, Label no, BitSet? marks)
    {
        var found = code.Bits();
        var before = marks is null ? null : code.Bits();
        foreach (var branch in alternatives.Branches)
        {
            var (otherwise, next) = (code.Label(), code.Label());
            code.Return(start);
            before?.Assign(marks!);
            values.Value(branch, otherwise, marks);
            if (alternatives.ExactlyOne)
                found.IfNotEmpty(no);
            found.Assign(1);
            code.Go(next);
            code.Mark(otherwise);
            if (before is not null)
                marks!.Assign(before);
            code.Mark(next);
        }

        found.UnlessIs(1, no);
        Pass(start);
    }

    private void Not(NotEvaluator not, LocalBuilder start, Label no)
    {
        var refused = code.Label();
        values.Value(not.Schema, refused, null);
        code.Go(no);
        code.Mark(refused);
        Pass(start);
    }

    private void Conditional(ConditionalEvaluator conditional, LocalBuilder start, Label no, BitSet? marks)
    {
        var (otherwise, done) = (code.Label(), code.Label());
        var before = marks is null ? null : code.Bits();
        before?.Assign(marks!);
        values.Value(conditional.Condition, otherwise, marks);
        Branch(conditional.WhenTrue);
        code.Go(done);
        code.Mark(otherwise);
        if (before is not null)
            marks!.Assign(before);
        Branch(conditional.WhenFalse);
        code.Mark(done);

        void Branch(SchemaNode? schema)
        {
            if (schema is null)
            {
                Pass(start);
                return;
            }

            code.Return(start);
            values.Value(schema, no, marks);
        }
    }

    private void Dependent(DependentSchemasEvaluator dependent, LocalBuilder start, Label no, BitSet? marks)
    {
        foreach (var (trigger, schema) in dependent.Rules)
        {
            var skip = code.Label();
            code.Return(start);
            code.UnlessPresent(trigger, skip);
            values.Value(schema, no, marks);
            code.Mark(skip);
        }

        Pass(start);
    }

    private void Pass(LocalBuilder start)
    {
        code.Return(start);
        code.Move(nameof(VerdictSteps.Next));
    }
}

using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>type</c>. It is asked only about kinds that it refuses, and about numbers where only integers are allowed.</summary>
internal sealed class TypeEvaluator(Keyword keyword, ValueKinds allowed, bool allowsIntegers, string names) : Assertion(keyword)
{
    public override ValueKinds Kinds => ValueKinds.Any & ~allowed;

    public override Expectation Expectation => new("must be", names);

    public override bool TryNarrow(ValueKinds kind, ref Glance glance)
    {
        if (!allowsIntegers || kind != ValueKinds.Number)
            return false;
        glance.Within(new NumberRange(IntegersOnly: true));
        return true;
    }

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        if (!allowsIntegers || run.Rows.Kind(row) != JsonTokenType.Number)
            return false;
        var number = run.Rows.Content(row);
        run.SpendReading(number.Length);
        return !run.IsAborted && JsonNumber.HasIntegerValue(number);
    }
}

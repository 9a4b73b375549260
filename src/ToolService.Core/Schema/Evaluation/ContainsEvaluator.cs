using System.Globalization;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>contains</c> with <c>minContains</c> and <c>maxContains</c>. Whether the items that it accepts count as evaluated depends on the
/// draft.
/// </summary>
internal sealed class ContainsEvaluator(
    SchemaNode schema, long minimum, long maximum, Keyword minimumKeyword, Keyword maximumKeyword, bool marks) : Evaluator, IMarksEvaluated
{
    public override ValueKinds Kinds => ValueKinds.Array;

    public SchemaNode Schema => schema;

    /// <summary>How many items it must accept.</summary>
    public long Minimum => minimum;

    /// <summary>How many items it may accept; the greatest number where that does not matter.</summary>
    public long Maximum => maximum;

    /// <summary>Whether the items that it accepts count as evaluated.</summary>
    public bool Marks => marks;

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        run.Spend(run.Rows.Count(row));
        long count = 0;
        for (var item = row + 1; item < run.Rows.End(row); item = run.Rows.Next(item))
        {
            if (!schema.IsValid(item, ref run))
                continue;
            count++;
            if (count > maximum)
                return false;
            if (count >= minimum && maximum == long.MaxValue)
                return true;
        }

        return count >= minimum;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        long count = 0;
        for (var item = row + 1; item < run.Rows.End(row); item = run.Rows.Next(item))
            count += schema.IsValid(item, ref run) ? 1 : 0;

        if (count < minimum)
            AddCount(row, minimumKeyword, "least", minimum, count, sink);
        if (count > maximum)
            AddCount(row, maximumKeyword, "most", maximum, count, sink);
    }

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marked)
    {
        if (!marks)
            return;
        var position = 0;
        for (var item = row + 1; item < run.Rows.End(row); item = run.Rows.Next(item))
        {
            if (schema.IsValid(item, ref run))
                marked.Mark(position);
            position++;
        }
    }

    private static void AddCount(int row, Keyword keyword, string bound, long limit, long count, ErrorSink sink)
    {
        var expected = $"at {bound} {JsonDisplay.Count(limit, "item", "items")} of the kind that 'contains' describes";
        var got = count.ToString(CultureInfo.InvariantCulture);
        sink.Add(row, keyword, $"must contain {expected}, got {got}", expected, got);
    }
}

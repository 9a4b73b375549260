using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>prefixItems</c> and <c>items</c>.</summary>
internal sealed class ItemsEvaluator(SchemaNode[] prefix, SchemaNode? rest, Keyword restKeyword) : Evaluator, IMarksEvaluated
{
    public override ValueKinds Kinds => ValueKinds.Array;

    /// <summary>The schemas of the first items.</summary>
    public SchemaNode[] Prefix => prefix;

    /// <summary>The schema of all others; null where there is none.</summary>
    public SchemaNode? Rest => rest;

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        run.Spend(run.Rows.Count(row));
        var (item, end) = (row + 1, run.Rows.End(row));
        for (var position = 0; position < prefix.Length && item < end; item = run.Rows.Next(item))
        {
            if (!prefix[position++].IsValid(item, ref run))
                return false;
        }

        if (rest is null)
            return true;
        for (; item < end; item = run.Rows.Next(item))
        {
            if (!rest.IsValid(item, ref run))
                return false;
        }

        return true;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        var position = 0;
        for (var item = row + 1; item < run.Rows.End(row); item = run.Rows.Next(item))
        {
            var schema = position < prefix.Length ? prefix[position] : rest;
            if (schema is null)
                return;
            sink.PushItem(position);
            if (position >= prefix.Length && schema.RefusesEverything)
                AddUnexpected(item, ref run, sink);
            else
                schema.Collect(item, ref run, sink);
            sink.Pop();
            position++;
        }
    }

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        var count = run.Rows.Count(row);
        if (rest is not null || prefix.Length >= count)
            marks.MarkAll();
        for (var position = 0; position < prefix.Length && position < count; position++)
            marks.Mark(position);
    }

    private void AddUnexpected(int item, ref EvaluationRun run, ErrorSink sink)
    {
        var expected = $"at most {JsonDisplay.Count(prefix.Length, "item", "items")}";
        var verb = prefix.Length == 1 ? "is" : "are";
        sink.Add(item, restKeyword, $"unexpected item; {expected} {verb} allowed", expected, JsonDisplay.Describe(run.Rows.Raw(item)));
    }
}

using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>: applies to what no keyword beside or below the owner has evaluated.
/// </summary>
internal sealed class UnevaluatedEvaluator(Keyword keyword, ValueKinds kind, SchemaNode owner, SchemaNode schema) : Evaluator,
    IMarksEvaluated
{
    // Of an object's rows each value has its name before it.
    private readonly int _nameRows = kind == ValueKinds.Object ? 1 : 0;

    public override ValueKinds Kinds => kind;

    public SchemaNode Schema => schema;

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        var count = run.Rows.Count(row);
        if (count == 0 || schema.Accepted == ValueKinds.Any)
            return true;
        var words = EvaluatedMarks.WordsFor(count);
        var marks = new EvaluatedMarks(words <= EvaluatedMarks.StackWords ? stackalloc ulong[EvaluatedMarks.StackWords] : new ulong[words]);
        MarkNeighbours(row, ref run, marks);
        if (marks.AreAll)
            return true;
        var position = 0;
        for (var child = row + 1; child < run.Rows.End(row); child = run.Rows.Next(child + _nameRows))
        {
            if (!marks[position++] && !schema.IsValid(child + _nameRows, ref run))
                return false;
        }

        return true;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        var marks = new EvaluatedMarks(new ulong[EvaluatedMarks.WordsFor(run.Rows.Count(row))]);
        MarkNeighbours(row, ref run, marks);
        var position = 0;
        for (var child = row + 1; child < run.Rows.End(row); child = run.Rows.Next(child + _nameRows), position++)
        {
            if (marks[position])
                continue;
            if (_nameRows > 0)
                sink.PushProperty(child);
            else
                sink.PushItem(position);
            if (schema.RefusesEverything)
                AddUnexpected(child, ref run, sink);
            else
                schema.Collect(child + _nameRows, ref run, sink);
            sink.Pop();
        }
    }

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks) => marks.MarkAll();

    private void MarkNeighbours(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        run.Spend(run.Rows.Count(row));
        owner.Mark(row, ref run, marks, except: this);
    }

    private void AddUnexpected(int child, ref EvaluationRun run, ErrorSink sink)
    {
        if (_nameRows > 0)
            UnknownProperty.Add(child, keyword, [], [], run.Rows, sink);
        else
            sink.Add(child, keyword, "unexpected item; no further items are allowed", "no further items", JsonDisplay.Describe(run.Rows.Raw(child)));
    }
}

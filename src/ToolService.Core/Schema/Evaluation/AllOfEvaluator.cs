namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOfEvaluator(SchemaNode[] branches) : Evaluator, IInPlaceApplicator
{
    public override ValueKinds Kinds => ValueKinds.Any;

    public IEnumerable<SchemaNode> Branches => branches;

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        foreach (var branch in branches)
        {
            if (!branch.IsValid(row, ref run))
                return false;
        }

        return true;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        foreach (var branch in branches)
            branch.Collect(row, ref run, sink);
    }

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        foreach (var branch in branches)
            branch.Mark(row, ref run, marks);
    }
}

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionalEvaluator(SchemaNode condition, SchemaNode? whenTrue, SchemaNode? whenFalse) : Evaluator, IInPlaceApplicator
{
    public override ValueKinds Kinds => ValueKinds.Any;

    public SchemaNode Condition => condition;

    public SchemaNode? WhenTrue => whenTrue;

    public SchemaNode? WhenFalse => whenFalse;

    public IEnumerable<SchemaNode> Branches => ((SchemaNode?[])[condition, whenTrue, whenFalse]).OfType<SchemaNode>();

    public override bool IsValid(int row, ref EvaluationRun run) => Choose(row, ref run)?.IsValid(row, ref run) ?? true;

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink) =>
        Choose(row, ref run)?.Collect(row, ref run, sink);

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        var holds = condition.IsValid(row, ref run);
        if (holds)
            condition.Mark(row, ref run, marks);
        (holds ? whenTrue : whenFalse)?.Mark(row, ref run, marks);
    }

    private SchemaNode? Choose(int row, ref EvaluationRun run)
    {
        if (whenTrue is null && whenFalse is null)
            return null;
        return condition.IsValid(row, ref run) ? whenTrue : whenFalse;
    }
}

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>$ref</c>.</summary>
internal sealed class RefEvaluator(SchemaNode target) : Evaluator, IInPlaceApplicator
{
    public override ValueKinds Kinds => ValueKinds.Any;

    public SchemaNode Target => target;

    public IEnumerable<SchemaNode> Branches => [target];

    public override bool IsValid(int row, ref EvaluationRun run) => target.IsValid(row, ref run);

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink) => target.Collect(row, ref run, sink);

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks) => target.Mark(row, ref run, marks);
}

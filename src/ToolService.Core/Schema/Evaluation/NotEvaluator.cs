namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>not</c>.</summary>
internal sealed class NotEvaluator(Keyword keyword, SchemaNode schema) : Evaluator, IInPlaceApplicator
{
    public override ValueKinds Kinds => ValueKinds.Any;

    public SchemaNode Schema => schema;

    public IEnumerable<SchemaNode> Branches => [schema];

    public override bool IsValid(int row, ref EvaluationRun run) => !schema.IsValid(row, ref run) && !run.IsAborted;

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        if (schema.IsValid(row, ref run))
            sink.Add(row, keyword, new Expectation("must not match", "the schema in 'not'"));
    }

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        // What the refused schema looked at, it did not accept: nothing counts as evaluated.
    }
}

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>dependentSchemas</c>.</summary>
internal sealed class DependentSchemasEvaluator((PresenceCheck Trigger, SchemaNode Schema)[] rules) : Evaluator, IInPlaceApplicator
{
    public override ValueKinds Kinds => ValueKinds.Object;

    public (PresenceCheck Trigger, SchemaNode Schema)[] Rules => rules;

    public IEnumerable<SchemaNode> Branches => rules.Select(rule => rule.Schema);

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        foreach (var (trigger, schema) in rules)
        {
            if (trigger.IsPresent(row, ref run) && !schema.IsValid(row, ref run))
                return false;
        }

        return true;
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        foreach (var (trigger, schema) in rules)
        {
            if (trigger.IsPresent(row, ref run))
                schema.Collect(row, ref run, sink);
        }
    }

    public void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks)
    {
        foreach (var (trigger, schema) in rules)
        {
            if (trigger.IsPresent(row, ref run))
                schema.Mark(row, ref run, marks);
        }
    }
}

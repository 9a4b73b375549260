using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>dependentSchemas</c>.</summary>
internal sealed class DependentSchemasEvaluator(IReadOnlyList<(PresenceCheck Trigger, SchemaNode Schema)> rules) : IInPlaceApplicator
{
    public ValueKinds Kinds => ValueKinds.Object;

    public IEnumerable<SchemaNode> Branches => rules.Select(rule => rule.Schema);

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        foreach (var (trigger, schema) in rules)
        {
            if (trigger.IsPresent(instance, ref run) && !schema.IsValid(instance, ref run))
                return false;
        }

        return true;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        foreach (var (trigger, schema) in rules)
        {
            if (trigger.IsPresent(instance, ref run))
                schema.Collect(instance, ref run, sink);
        }
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        foreach (var (trigger, schema) in rules)
        {
            if (trigger.IsPresent(instance, ref run))
                schema.Mark(instance, ref run, marks);
        }
    }
}

using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class ConditionalEvaluator(SchemaNode condition, SchemaNode? whenTrue, SchemaNode? whenFalse) : IInPlaceApplicator
{
    public ValueKinds Kinds => ValueKinds.Any;

    public IEnumerable<SchemaNode> Branches => ((SchemaNode?[])[condition, whenTrue, whenFalse]).OfType<SchemaNode>();

    public bool IsValid(JsonElement instance, ref EvaluationRun run) => Choose(instance, ref run)?.IsValid(instance, ref run) ?? true;

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink) => Choose(instance, ref run)?.Collect(instance,
        ref run, sink);

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        var holds = condition.IsValid(instance, ref run);
        if (holds)
            condition.Mark(instance, ref run, marks);
        (holds ? whenTrue : whenFalse)?.Mark(instance, ref run, marks);
    }

    private SchemaNode? Choose(JsonElement instance, ref EvaluationRun run)
    {
        if (whenTrue is null && whenFalse is null)
            return null;
        return condition.IsValid(instance, ref run) ? whenTrue : whenFalse;
    }
}

using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>$ref</c>.</summary>
internal sealed class RefEvaluator(SchemaNode target) : IInPlaceApplicator
{
    public ValueKinds Kinds => ValueKinds.Any;

    public IEnumerable<SchemaNode> Branches => [target];

    public bool IsValid(JsonElement instance, ref EvaluationRun run) => target.IsValid(instance, ref run);

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink) => target.Collect(instance, ref run, sink);

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks) => target.Mark(instance, ref run, marks);
}

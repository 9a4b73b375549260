using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>not</c>.</summary>
internal sealed class NotEvaluator(Keyword keyword, SchemaNode schema) : IInPlaceApplicator
{
    public ValueKinds Kinds => ValueKinds.Any;

    public IEnumerable<SchemaNode> Branches => [schema];

    public bool IsValid(JsonElement instance, ref EvaluationRun run) => !schema.IsValid(instance, ref run) && !run.IsAborted;

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        if (schema.IsValid(instance, ref run))
            sink.Add(instance, keyword, $"must not match the schema in 'not', got {Values.JsonDisplay.Describe(instance)}");
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        // What the refused schema looked at, it did not accept: nothing counts as evaluated.
    }
}

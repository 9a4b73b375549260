using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>allOf</c>.</summary>
internal sealed class AllOfEvaluator(SchemaNode[] branches) : IInPlaceApplicator
{
    public ValueKinds Kinds => ValueKinds.Any;

    public IEnumerable<SchemaNode> Branches => branches;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        foreach (var branch in branches)
        {
            if (!branch.IsValid(instance, ref run))
                return false;
        }

        return true;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        foreach (var branch in branches)
            branch.Collect(instance, ref run, sink);
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        foreach (var branch in branches)
            branch.Mark(instance, ref run, marks);
    }
}

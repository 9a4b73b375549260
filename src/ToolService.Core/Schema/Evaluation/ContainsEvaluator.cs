using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed class ContainsEvaluator(SchemaNode schema, long minimum, long maximum, Keyword minimumKeyword, Keyword maximumKeyword)
    : IEvaluator, IMarksEvaluated
{
    public ValueKinds Kinds => ValueKinds.Array;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        long count = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (!schema.IsValid(item, ref run))
                continue;
            count++;
            if (count > maximum)
                return false;
            if (count >= minimum && maximum == long.MaxValue)
                return true;
        }

        return count >= minimum;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        long count = 0;
        foreach (var item in instance.EnumerateArray())
            count += schema.IsValid(item, ref run) ? 1 : 0;

        if (count < minimum)
            sink.Add(instance, minimumKeyword,
                $"must contain at least {JsonDisplay.Count(minimum, "item", "items")} of the kind that 'contains' describes, got {count}");
        if (count > maximum)
            sink.Add(instance, maximumKeyword,
                $"must contain at most {JsonDisplay.Count(maximum, "item", "items")} of the kind that 'contains' describes, got {count}");
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        var position = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (schema.IsValid(item, ref run))
                marks.Mark(position);
            position++;
        }
    }
}

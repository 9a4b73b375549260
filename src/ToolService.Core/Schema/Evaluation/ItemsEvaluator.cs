using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>prefixItems</c> and <c>items</c>.</summary>
internal sealed class ItemsEvaluator(SchemaNode[] prefix, SchemaNode? rest, Keyword restKeyword) : IEvaluator, IMarksEvaluated
{
    public ValueKinds Kinds => ValueKinds.Array;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var schema = index < prefix.Length ? prefix[index] : rest;
            if (schema is null)
                return true;
            if (!schema.IsValid(item, ref run))
                return false;
            index++;
        }

        return true;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        var index = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var schema = index < prefix.Length ? prefix[index] : rest;
            if (schema is null)
                return;
            sink.Push(index);
            if (index >= prefix.Length && schema.RefusesEverything)
                sink.Add(item, restKeyword,
                    $"unexpected item; at most {Values.JsonDisplay.Count(prefix.Length, "item is", "items are")} allowed");
            else
                schema.Collect(item, ref run, sink);
            sink.Pop();
            index++;
        }
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks)
    {
        if (rest is not null)
            marks.MarkAll();
        else
            marks.MarkFirst(prefix.Length);
    }
}

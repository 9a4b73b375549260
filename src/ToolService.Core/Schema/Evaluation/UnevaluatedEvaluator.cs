using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>: applies to what no keyword beside or below the owner has evaluated.
/// </summary>
internal sealed class UnevaluatedEvaluator(Keyword keyword, ValueKinds kind, SchemaNode owner, SchemaNode schema) : IEvaluator,
    IMarksEvaluated
{
    public ValueKinds Kinds => kind;

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        var marks = MarkNeighbours(instance, ref run);
        var position = 0;
        if (kind == ValueKinds.Object)
        {
            foreach (var property in instance.EnumerateObject())
            {
                if (!marks[position++] && !schema.IsValid(property.Value, ref run))
                    return false;
            }

            return true;
        }

        foreach (var item in instance.EnumerateArray())
        {
            if (!marks[position++] && !schema.IsValid(item, ref run))
                return false;
        }

        return true;
    }

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        var marks = MarkNeighbours(instance, ref run);
        if (kind == ValueKinds.Object)
            CollectProperties(instance, marks, ref run, sink);
        else
            CollectItems(instance, marks, ref run, sink);
    }

    public void Mark(JsonElement instance, ref EvaluationRun run, EvaluatedMarks marks) => marks.MarkAll();

    private EvaluatedMarks MarkNeighbours(JsonElement instance, ref EvaluationRun run)
    {
        var marks = new EvaluatedMarks(instance);
        owner.Mark(instance, ref run, marks, except: this);
        return marks;
    }

    private void CollectProperties(JsonElement instance, EvaluatedMarks marks, ref EvaluationRun run, ErrorSink sink)
    {
        var position = 0;
        foreach (var property in instance.EnumerateObject())
        {
            if (marks[position++])
                continue;
            sink.Push(property);
            if (schema.RefusesEverything)
                sink.Add(property.Value, keyword, UnknownPropertyMessage.Of(JsonText.Decode(PropertyName.Raw(property)), [], []));
            else
                schema.Collect(property.Value, ref run, sink);
            sink.Pop();
        }
    }

    private void CollectItems(JsonElement instance, EvaluatedMarks marks, ref EvaluationRun run, ErrorSink sink)
    {
        var position = 0;
        foreach (var item in instance.EnumerateArray())
        {
            sink.Push(position);
            if (!marks[position++] && schema.RefusesEverything)
                sink.Add(item, keyword, "unexpected item; no further items are allowed");
            else if (!marks[position - 1])
                schema.Collect(item, ref run, sink);
            sink.Pop();
        }
    }
}

using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>uniqueItems</c>: by comparing where items are few, by hash where they are many.</summary>
internal sealed class UniqueItemsEvaluator(Keyword keyword) : IEvaluator
{
    private const int PairwiseSize = 8;

    public ValueKinds Kinds => ValueKinds.Array;

    public bool IsValid(JsonElement instance, ref EvaluationRun run) =>
        instance.GetArrayLength() < 2 || FindDuplicate(instance, ref run) is null && !run.IsAborted;

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        if (FindDuplicate(instance, ref run) is not var (first, second))
            return;
        var value = JsonDisplay.Show(instance[second]);
        sink.Add(instance, keyword, $"must not contain the same item twice: items {first} and {second} are both {value}");
    }

    private static (int First, int Second)? FindDuplicate(JsonElement instance, ref EvaluationRun run)
    {
        var comparer = new JsonValueComparer();
        var duplicate = instance.GetArrayLength() <= PairwiseSize ? FindPair(instance, comparer) : FindByHash(instance, comparer);
        if (comparer.TooDeep)
            run.Abort(AbortReason.TooDeep);
        return duplicate;
    }

    private static (int First, int Second)? FindPair(JsonElement instance, JsonValueComparer comparer)
    {
        var second = 0;
        foreach (var item in instance.EnumerateArray())
        {
            var first = 0;
            foreach (var other in instance.EnumerateArray())
            {
                if (first == second)
                    break;
                if (comparer.Equals(other, item))
                    return (first, second);
                first++;
            }

            second++;
        }

        return null;
    }

    private static (int First, int Second)? FindByHash(JsonElement instance, JsonValueComparer comparer)
    {
        var seen = new Dictionary<JsonElement, int>(instance.GetArrayLength(), comparer);
        var position = 0;
        foreach (var item in instance.EnumerateArray())
        {
            if (!seen.TryAdd(item, position))
                return (seen[item], position);
            position++;
        }

        return null;
    }
}

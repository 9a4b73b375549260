using System.Buffers;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>uniqueItems</c>: by comparing where items are few, by sorted hashes where they are many.</summary>
internal sealed class UniqueItemsEvaluator(Keyword keyword) : Evaluator
{
    private const int PairwiseSize = 8;

    public override ValueKinds Kinds => ValueKinds.Array;

    public override bool IsValid(int row, ref EvaluationRun run) =>
        run.Rows.Count(row) < 2 || FindDuplicate(row, ref run) is null && !run.IsAborted;

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        if (FindDuplicate(row, ref run) is not var (first, second))
            return;
        var value = JsonDisplay.Show(run.Rows.Raw(second));
        var (firstPosition, secondPosition) = (Position(row, first, run.Rows), Position(row, second, run.Rows));
        sink.Add(
            row, keyword, $"must not contain the same item twice: items {firstPosition} and {secondPosition} are both {value}",
            "different items", $"{value} twice");
    }

    private static int Position(int row, int item, JsonRows rows)
    {
        var position = 0;
        for (var other = row + 1; other < item; other = rows.Next(other))
            position++;
        return position;
    }

    /// <summary>The rows of two equal items; null where all differ.</summary>
    private static (int First, int Second)? FindDuplicate(int row, ref EvaluationRun run)
    {
        run.Spend(run.Rows.Next(row) - row);
        run.SpendReading(run.Rows.Raw(row).Length);
        if (run.IsAborted)
            return null;
        var comparer = new JsonComparer();
        var duplicate = run.Rows.Count(row) <= PairwiseSize ? FindPair(row, run.Rows, ref comparer) : FindByHash(row, run.Rows, ref comparer);
        if (comparer.TooDeep)
            run.Abort(AbortReason.TooDeep);
        return duplicate;
    }

    private static (int First, int Second)? FindPair(int row, JsonRows rows, ref JsonComparer comparer)
    {
        for (var second = row + 1; second < rows.End(row); second = rows.Next(second))
        {
            for (var first = row + 1; first < second; first = rows.Next(first))
            {
                if (comparer.Equals(rows, first, rows, second))
                    return (first, second);
            }
        }

        return null;
    }

    private static (int First, int Second)? FindByHash(int row, JsonRows rows, ref JsonComparer comparer)
    {
        var items = ArrayPool<(int Hash, int Row)>.Shared.Rent(rows.Count(row));
        try
        {
            var count = 0;
            for (var item = row + 1; item < rows.End(row); item = rows.Next(item))
                items[count++] = (comparer.Hash(rows, item), item);
            var sorted = items.AsSpan(0, count);
            sorted.Sort();
            return comparer.TooDeep ? null : FindAmongEqualHashes(sorted, rows, ref comparer);
        }
        finally
        {
            ArrayPool<(int, int)>.Shared.Return(items);
        }
    }

    private static (int First, int Second)? FindAmongEqualHashes(ReadOnlySpan<(int Hash, int Row)> sorted, JsonRows rows, ref JsonComparer comparer)
    {
        (int First, int Second)? earliest = null;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Row >= earliest?.Second)
                continue;
            for (var j = i - 1; j >= 0 && sorted[j].Hash == sorted[i].Hash; j--)
            {
                if (!comparer.Equals(rows, sorted[j].Row, rows, sorted[i].Row))
                    continue;
                earliest = (sorted[j].Row, sorted[i].Row);
                break;
            }
        }

        return earliest;
    }
}

using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>minLength</c> and <c>maxLength</c> in code points, <c>minItems</c> and <c>maxItems</c>, <c>minProperties</c> and
/// <c>maxProperties</c>.
/// </summary>
/// <param name="keyword">The keyword.</param>
/// <param name="kinds">What is counted.</param>
/// <param name="limit">Its value.</param>
/// <param name="isMinimum">Whether the limit is the least allowed size.</param>
internal sealed class LengthEvaluator(Keyword keyword, ValueKinds kinds, long limit, bool isMinimum) : Assertion(keyword)
{
    private const int MaxBytesPerCodePoint = 12;

    public override ValueKinds Kinds => kinds;

    public override Expectation Expectation { get; } = new("must have", $"at {(isMinimum ? "least" : "most")} " + kinds switch
    {
        ValueKinds.String => JsonDisplay.Count(limit, "character", "characters"),
        ValueKinds.Array => JsonDisplay.Count(limit, "item", "items"),
        _ => JsonDisplay.Count(limit, "property", "properties"),
    });

    public override bool TryNarrow(ValueKinds kind, ref Glance glance)
    {
        var size = (int)Math.Min(limit, int.MaxValue);
        if (!isMinimum)
            glance.AtMost(size);
        else if (kinds != ValueKinds.String || size <= 1)
            glance.AtLeast(size);
        else if (size <= sizeof(ulong))
            glance.StartingInAscii(size);
        else
            return false;
        return true;
    }

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        long size = run.Rows.Count(row);
        if (kinds == ValueKinds.String && !IsDecidedBy(size))
        {
            run.SpendReading((int)size);
            if (run.IsAborted)
                return false;
            size = JsonText.CountCodePoints(run.Rows.Content(row));
        }

        return isMinimum ? size >= limit : size <= limit;
    }

    /// <summary>Whether the number of bytes says it all: each code point takes one to twelve of them, twelve where a pair of
    /// surrogates is escaped.</summary>
    private bool IsDecidedBy(long bytes) =>
        isMinimum ? bytes < limit || limit <= 1 || bytes / MaxBytesPerCodePoint >= limit : bytes <= limit;
}

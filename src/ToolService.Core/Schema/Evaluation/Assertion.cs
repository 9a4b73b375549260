namespace ToolService.Core.Schema.Evaluation;

/// <summary>A keyword that looks at the value itself and so has one verdict and one message.</summary>
internal abstract class Assertion(Keyword keyword) : Evaluator
{
    public Keyword Keyword => keyword;

    /// <summary>What was expected.</summary>
    public abstract Expectation Expectation { get; }

    /// <summary>
    /// Narrows the glance to values that certainly satisfy this assertion; false where it cannot, and must be asked of every value.
    /// </summary>
    /// <param name="kind">The kind of the values.</param>
    /// <param name="glance">What the assertions so far are sure of.</param>
    public virtual bool TryNarrow(ValueKinds kind, ref Glance glance) => false;

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        if (!IsValid(row, ref run) && !run.IsAborted)
            sink.Add(row, keyword, Expectation);
    }
}

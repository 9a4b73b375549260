namespace ToolService.Core.Schema.Evaluation;

/// <summary>A keyword that looks at the value itself and so has one verdict and one message.</summary>
internal abstract class Assertion(Keyword keyword) : Evaluator
{
    public Keyword Keyword => keyword;

    /// <summary>What was expected.</summary>
    public abstract Expectation Expectation { get; }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        if (!IsValid(row, ref run) && !run.IsAborted)
            sink.Add(row, keyword, Expectation);
    }
}

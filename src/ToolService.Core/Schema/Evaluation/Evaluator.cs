namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// Enforces a keyword, or several that belong together. Immutable once compiled. A class because there is a call for each keyword and
/// value, and a virtual one costs a fraction of an interface's.
/// </summary>
internal abstract class Evaluator
{
    /// <summary>The kinds of values that it is asked about.</summary>
    public abstract ValueKinds Kinds { get; }

    /// <summary>The verdict alone: stops at the first violation and allocates nothing where the keyword allows that.</summary>
    public abstract bool IsValid(int row, ref EvaluationRun run);

    /// <summary>Adds every violation to the sink.</summary>
    public abstract void Collect(int row, ref EvaluationRun run, ErrorSink sink);
}

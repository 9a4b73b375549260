namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// A keyword that evaluates properties or items, which <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> then leave alone.
/// </summary>
internal interface IMarksEvaluated
{
    /// <summary>Marks what this keyword evaluates in an instance that satisfies it.</summary>
    void Mark(int row, ref EvaluationRun run, scoped EvaluatedMarks marks);
}

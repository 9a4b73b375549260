using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternEvaluator(Keyword keyword, SchemaPattern pattern) : Assertion(keyword)
{
    public override ValueKinds Kinds => ValueKinds.String;

    public override Expectation Expectation => new("must match", $"the pattern {JsonDisplay.Shorten(pattern.Source)}");

    public override bool IsValid(int row, ref EvaluationRun run) => pattern.IsMatch(run.Rows.Content(row), ref run);
}

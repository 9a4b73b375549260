using ToolService.Core.Schema.Formats;
using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>format</c>, where it is asserted.</summary>
internal sealed class FormatEvaluator(Keyword keyword, Format format) : Assertion(keyword)
{
    public override ValueKinds Kinds => ValueKinds.String;

    public override Expectation Expectation => new("must be", format.Description);

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        run.SpendReading(run.Rows.Count(row));
        if (run.IsAborted)
            return false;
        using var text = new DecodedText(run.Rows.Content(row), stackalloc char[DecodedText.StackCharacters]);
        return format.Accepts(text.Characters);
    }
}

using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The schema <c>false</c>.</summary>
internal sealed class FalseEvaluator(string pointer) : Evaluator
{
    /// <summary>Stands in errors where other schemas have a keyword.</summary>
    public const string Name = "false";

    private readonly Keyword _keyword = new(Name, pointer);

    public override ValueKinds Kinds => ValueKinds.Any;

    public override bool IsValid(int row, ref EvaluationRun run) => false;

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink) =>
        sink.Add(row, _keyword, "no value is allowed here; leave it out", "nothing", JsonDisplay.Describe(run.Rows.Raw(row)));
}

using System.Text.Json;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>The schema <c>false</c>.</summary>
internal sealed class FalseEvaluator(string pointer) : IEvaluator
{
    /// <summary>Stands in errors where other schemas have a keyword.</summary>
    public const string Name = "false";

    private readonly Keyword _keyword = new(Name, pointer);

    public ValueKinds Kinds => ValueKinds.Any;

    public bool IsValid(JsonElement instance, ref EvaluationRun run) => false;

    public void Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink) =>
        sink.Add(instance, _keyword, "no value is allowed here; leave it out");
}

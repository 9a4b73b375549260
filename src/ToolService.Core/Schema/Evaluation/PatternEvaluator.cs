using System.Text.Json;
using ToolService.Core.Schema.Patterns;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>pattern</c>.</summary>
internal sealed class PatternEvaluator(Keyword keyword, SchemaPattern pattern) : IAssertion
{
    public ValueKinds Kinds => ValueKinds.String;

    public Keyword Keyword => keyword;

    public string Expectation => $"must match the pattern {JsonDisplay.Shorten(pattern.Source)}";

    public bool IsValid(JsonElement instance, ref EvaluationRun run) => pattern.IsMatch(JsonText.Raw(instance), ref run);
}

using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>multipleOf</c>, in exact decimal arithmetic.</summary>
internal sealed class MultipleOfEvaluator(Keyword keyword, JsonElement divisor) : IAssertion
{
    private readonly long _wholeDivisor = divisor.TryGetInt64(out var whole) ? whole : 0;

    public ValueKinds Kinds => ValueKinds.Number;

    public Keyword Keyword => keyword;

    public string Expectation { get; } = $"must be a multiple of {JsonDisplay.Show(divisor)}";

    public bool IsValid(JsonElement instance, ref EvaluationRun run) =>
        _wholeDivisor > 0 && instance.TryGetInt64(out var value)
            ? value % _wholeDivisor == 0
            : JsonNumber.Parse(instance).IsMultipleOf(JsonNumber.Parse(divisor));
}

using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="bound">Its value.</param>
/// <param name="allowed">The sign that comparing the instance with the bound must have: 1 for a minimum, -1 for a maximum.</param>
/// <param name="inclusive">Whether the bound itself is allowed.</param>
internal sealed class BoundEvaluator(Keyword keyword, JsonElement bound, int allowed, bool inclusive) : IAssertion
{
    private readonly bool _boundIsDecimal = JsonNumber.TryGetDecimal(bound, out _);
    private readonly decimal _decimalBound = JsonNumber.TryGetDecimal(bound, out var value) ? value : 0;

    public ValueKinds Kinds => ValueKinds.Number;

    public Keyword Keyword => keyword;

    public string Expectation { get; } = (allowed > 0, inclusive) switch
    {
        (true, true) => $"must be at least {JsonDisplay.Show(bound)}",
        (true, false) => $"must be greater than {JsonDisplay.Show(bound)}",
        (false, true) => $"must be at most {JsonDisplay.Show(bound)}",
        (false, false) => $"must be less than {JsonDisplay.Show(bound)}",
    };

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        var order = _boundIsDecimal && JsonNumber.TryGetDecimal(instance, out var value) ? value.CompareTo(_decimalBound)
            : JsonNumber.Compare(instance, bound);
        return order == 0 ? inclusive : order > 0 == allowed > 0;
    }
}

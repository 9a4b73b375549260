using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>minLength</c> and <c>maxLength</c> in code points, <c>minItems</c> and <c>maxItems</c>, <c>minProperties</c> and
/// <c>maxProperties</c>.
/// </summary>
/// <param name="keyword">The keyword.</param>
/// <param name="kind">What is counted.</param>
/// <param name="limit">Its value.</param>
/// <param name="isMinimum">Whether the limit is the least allowed size.</param>
internal sealed class LengthEvaluator(Keyword keyword, ValueKinds kind, long limit, bool isMinimum) : IAssertion
{
    public ValueKinds Kinds => kind;

    public Keyword Keyword => keyword;

    public string Expectation { get; } = $"must have at {(isMinimum ? "least" : "most")} " + kind switch
    {
        ValueKinds.String => JsonDisplay.Count(limit, "character", "characters"),
        ValueKinds.Array => JsonDisplay.Count(limit, "item", "items"),
        _ => JsonDisplay.Count(limit, "property", "properties"),
    };

    public bool IsValid(JsonElement instance, ref EvaluationRun run)
    {
        long size = kind switch
        {
            ValueKinds.String => JsonText.CountCodePoints(instance),
            ValueKinds.Array => instance.GetArrayLength(),
            _ => instance.GetPropertyCount(),
        };
        return isMinimum ? size >= limit : size <= limit;
    }
}

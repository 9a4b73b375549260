using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>type</c>. It is asked only about kinds that it refuses, and about numbers where only integers are allowed.</summary>
internal sealed class TypeEvaluator(Keyword keyword, ValueKinds allowed, bool allowsIntegers, string names) : IAssertion
{
    public ValueKinds Kinds => ValueKinds.Any & ~allowed;

    public Keyword Keyword => keyword;

    public string Expectation => $"must be {names}";

    public bool IsValid(JsonElement instance, ref EvaluationRun run) =>
        allowsIntegers && instance.ValueKind == JsonValueKind.Number && JsonNumber.HasIntegerValue(instance);
}

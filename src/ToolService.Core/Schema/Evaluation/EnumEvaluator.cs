using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>enum</c> and <c>const</c>: strings are found by their bytes, other values by hash.</summary>
internal sealed class EnumEvaluator : IAssertion
{
    private const int MaxShownValues = 10;

    private readonly NameTable _strings;
    private readonly List<string> _stringValues;
    private readonly HashSet<JsonElement> _others;

    public EnumEvaluator(Keyword keyword, IReadOnlyList<JsonElement> values)
    {
        Keyword = keyword;
        _stringValues = [.. values.Where(value => value.ValueKind == JsonValueKind.String).Select(JsonText.Decode)];
        _strings = new NameTable(_stringValues);
        _others = new HashSet<JsonElement>(values.Where(value => value.ValueKind != JsonValueKind.String), new JsonValueComparer());
        Expectation = Expect(values);
    }

    public ValueKinds Kinds => ValueKinds.Any;

    public Keyword Keyword { get; }

    public string Expectation { get; }

    public bool IsValid(JsonElement instance, ref EvaluationRun run) =>
        instance.ValueKind == JsonValueKind.String ? _strings.Find(JsonText.Raw(instance)) >= 0 : _others.Count > 0
            && _others.Contains(instance);

    void IEvaluator.Collect(JsonElement instance, ref EvaluationRun run, ErrorSink sink)
    {
        if (IsValid(instance, ref run))
            return;

        var near = instance.ValueKind == JsonValueKind.String ? NearMiss.Find(JsonText.Decode(instance), _stringValues) : null;
        var hint = near is null ? "" : $"; did you mean \"{near}\"?";
        sink.Add(instance, Keyword, $"{Expectation}, got {JsonDisplay.Describe(instance)}{hint}");
    }

    private static string Expect(IReadOnlyList<JsonElement> values)
    {
        if (values.Count == 0)
            return "no value is allowed here";
        if (values.Count == 1)
            return $"must be {JsonDisplay.Show(values[0])}";

        var more = values.Count > MaxShownValues ? $" and {values.Count - MaxShownValues} more" : "";
        return $"must be one of {string.Join(", ", values.Take(MaxShownValues).Select(JsonDisplay.Show))}{more}";
    }
}

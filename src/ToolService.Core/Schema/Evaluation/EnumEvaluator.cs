using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>enum</c> and <c>const</c>: strings are found by their bytes, other values by hash.</summary>
internal sealed class EnumEvaluator : Assertion
{
    private const int MaxShownValues = 10;

    private readonly List<string> _stringValues;
    private readonly Dictionary<int, List<JsonIndex>> _others = [];

    public EnumEvaluator(Keyword keyword, IReadOnlyList<JsonElement> values)
        : base(keyword)
    {
        _stringValues = [.. values.Where(value => value.ValueKind == JsonValueKind.String).Select(JsonText.Decode)];
        Strings = new NameTable(_stringValues);
        foreach (var value in values.Where(value => value.ValueKind != JsonValueKind.String).Select(JsonIndex.Of))
        {
            var hash = new JsonComparer().Hash(value.Rows, value.Root);
            if (!_others.TryGetValue(hash, out var alike))
                _others[hash] = alike = [];
            alike.Add(value);
        }

        Expectation = Expect(values);
    }

    /// <summary>The strings among the values.</summary>
    public NameTable Strings { get; }

    public override ValueKinds Kinds => ValueKinds.Any;

    public override Expectation Expectation { get; }

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        if (run.Rows.Kind(row) is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            run.SpendReading(run.Rows.Count(row));
            return !run.IsAborted && Strings.Find(run.Rows, row) >= 0;
        }

        if (_others.Count == 0)
            return false;
        run.Spend(run.Rows.Next(row) - row);
        run.SpendReading(run.Rows.Raw(row).Length);
        return !run.IsAborted && IsAmongOthers(row, run.Rows);
    }

    public override void Collect(int row, ref EvaluationRun run, ErrorSink sink)
    {
        if (IsValid(row, ref run) || run.IsAborted)
            return;

        var near = run.Rows.Kind(row) == JsonTokenType.String ? NearMiss.Find(run.Rows.Text(row), _stringValues) : null;
        sink.Add(row, Keyword, Expectation, near is null ? "" : $"; did you mean \"{near}\"?");
    }

    private bool IsAmongOthers(int row, JsonRows rows)
    {
        var comparer = new JsonComparer();
        if (!_others.TryGetValue(comparer.Hash(rows, row), out var alike))
            return false;
        foreach (var value in alike)
        {
            if (comparer.Equals(rows, row, value.Rows, value.Root))
                return true;
        }

        return false;
    }

    private static Expectation Expect(IReadOnlyList<JsonElement> values)
    {
        if (values.Count == 0)
            return new Expectation("there is", "no value allowed here");
        if (values.Count == 1)
            return new Expectation("must be", JsonDisplay.Show(values[0]));

        var more = values.Count > MaxShownValues ? $" and {values.Count - MaxShownValues} more" : "";
        return new Expectation("must be", $"one of {string.Join(", ", values.Take(MaxShownValues).Select(JsonDisplay.Show))}{more}");
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// <c>enum</c> and <c>const</c>: strings are found by their bytes, other values by comparing where they are few, by hash where they are
/// many.
/// </summary>
internal sealed class EnumEvaluator : Assertion
{
    private const int MaxShownValues = 10;
    private const int FewValues = 4;

    private readonly List<string> _stringValues;
    private readonly JsonIndex[] _others;
    private readonly Dictionary<int, List<JsonIndex>> _byHash = [];

    public EnumEvaluator(Keyword keyword, IReadOnlyList<JsonElement> values)
        : base(keyword)
    {
        _stringValues = [.. values.Where(value => value.ValueKind == JsonValueKind.String).Select(JsonText.Decode)];
        Strings = new NameTable(_stringValues);
        _others = [.. values.Where(value => value.ValueKind != JsonValueKind.String).Select(JsonIndex.Of)];
        foreach (var value in _others.Length > FewValues ? _others : [])
        {
            var hash = new JsonComparer().Hash(value.Rows, value.Root);
            if (!_byHash.TryGetValue(hash, out var alike))
                _byHash[hash] = alike = [];
            alike.Add(value);
        }

        Expectation = Expect(values);
    }

    /// <summary>The strings among the values.</summary>
    public NameTable Strings { get; }

    /// <summary>Whether there are only strings among the values.</summary>
    public bool HasOnlyStrings => _others.Length == 0;

    public override ValueKinds Kinds => ValueKinds.Any;

    public override Expectation Expectation { get; }

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        if (run.Rows.Kind(row) is JsonTokenType.String or JsonTokenType.PropertyName)
        {
            run.SpendReading(run.Rows.Count(row));
            return !run.IsAborted && Strings.Find(run.Rows, row) >= 0;
        }

        if (_others.Length == 0)
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

    private bool IsAmongOthers(int row, in JsonRows rows)
    {
        var comparer = new JsonComparer();
        if (_others.Length <= FewValues)
            return IsAmong(_others, ref comparer, row, rows);
        return _byHash.TryGetValue(comparer.Hash(rows, row), out var alike)
            && IsAmong(CollectionsMarshal.AsSpan(alike), ref comparer, row, rows);
    }

    private static bool IsAmong(ReadOnlySpan<JsonIndex> values, ref JsonComparer comparer, int row, in JsonRows rows)
    {
        foreach (ref readonly var value in values)
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

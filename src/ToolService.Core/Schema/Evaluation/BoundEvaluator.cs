using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>minimum</c>, <c>maximum</c> and their exclusive forms.</summary>
internal sealed class BoundEvaluator : Assertion
{
    private readonly byte[] _bound;
    private readonly ShortDecimal? _short;
    private readonly int _leastFirstCharacter;
    private readonly int _allowed;
    private readonly bool _inclusive;

    /// <param name="keyword">The keyword.</param>
    /// <param name="bound">Its value.</param>
    /// <param name="allowed">The sign that comparing the instance with the bound must have: 1 for a minimum, -1 for a maximum.</param>
    /// <param name="inclusive">Whether the bound itself is allowed.</param>
    public BoundEvaluator(Keyword keyword, JsonElement bound, int allowed, bool inclusive)
        : base(keyword)
    {
        _bound = JsonMarshal.GetRawUtf8Value(bound).ToArray();
        _short = ShortDecimal.TryParse(_bound, out var value) ? value : null;
        (_allowed, _inclusive) = (allowed, inclusive);
        _leastFirstCharacter = LeastFirstCharacter(_bound, allowed, inclusive);
        var shown = JsonDisplay.Show(_bound);
        Expectation = new Expectation("must be", (allowed > 0, inclusive) switch
        {
            (true, true) => $"at least {shown}",
            (true, false) => $"greater than {shown}",
            (false, true) => $"at most {shown}",
            (false, false) => $"less than {shown}",
        });
    }

    public override ValueKinds Kinds => ValueKinds.Number;

    public override Expectation Expectation { get; }

    public override bool TryNarrow(ValueKinds kind, ref Glance glance)
    {
        if (_short?.Integer is not { } bound)
            return false;
        var nearest = _inclusive ? bound : bound + _allowed;
        glance.Within(_allowed > 0 ? new NumberRange(Least: nearest) : new NumberRange(Most: nearest));
        return true;
    }

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        var number = run.Rows.Content(row);
        if (number[0] >= _leastFirstCharacter)
            return true;
        var order = _short is { } bound && ShortDecimal.TryParse(number, out var value)
            ? value.CompareTo(bound)
            : CompareLong(number, ref run);
        return order == 0 ? _inclusive : order > 0 == _allowed > 0;
    }

    private int CompareLong(ReadOnlySpan<byte> number, ref EvaluationRun run)
    {
        run.SpendReading(number.Length);
        return run.IsAborted ? 0 : JsonNumber.Compare(number, _bound);
    }

    /// <summary>
    /// The first character from which on every number is above a minimum of zero or less, as the usual ones are: a digit, or one that
    /// is not zero; beyond all characters for other bounds.
    /// </summary>
    private static int LeastFirstCharacter(byte[] bound, int allowed, bool inclusive)
    {
        var number = JsonNumber.Parse(bound);
        if (allowed < 0 || !(number.IsZero || number.IsNegative))
            return byte.MaxValue;
        return inclusive || number.IsNegative ? '0' : '1';
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary><c>multipleOf</c>, in exact decimal arithmetic.</summary>
internal sealed class MultipleOfEvaluator : Assertion
{
    private readonly byte[] _divisor;
    private readonly ShortDecimal? _short;

    public MultipleOfEvaluator(Keyword keyword, JsonElement divisor)
        : base(keyword)
    {
        _divisor = JsonMarshal.GetRawUtf8Value(divisor).ToArray();
        _short = ShortDecimal.TryParse(_divisor, out var value) ? value : null;
        Expectation = new Expectation("must be", $"a multiple of {JsonDisplay.Show(divisor)}");
    }

    public override ValueKinds Kinds => ValueKinds.Number;

    public override Expectation Expectation { get; }

    public override bool IsValid(int row, ref EvaluationRun run)
    {
        var number = run.Rows.Content(row);
        if (_short is { } divisor && ShortDecimal.TryParse(number, out var value))
            return value.IsMultipleOf(divisor);
        run.Spend(number.Length);
        return !run.IsAborted && JsonNumber.Parse(number).IsMultipleOf(JsonNumber.Parse(_divisor));
    }
}

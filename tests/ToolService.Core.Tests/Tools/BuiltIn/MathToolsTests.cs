using System.Text.Json;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class MathToolsTests
{
    private readonly MathTools _tools = new();

    [Theory]
    [InlineData("(1 + 2) * 3 ^ 2", "27")]
    [InlineData("10^300 * sqrt(2)", "1.41421356237309E+300")]
    public void Calculator_answers_with_a_plain_number(string expression, string json)
    {
        var result = _tools.Calculator(expression);

        Assert.Equal(JsonValueKind.Number, result.ValueKind);
        Assert.Equal(json, result.GetRawText());
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(-3, 3)]
    [InlineData(5, 5)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MinValue, long.MinValue + 1)]
    [InlineData(-1, long.MaxValue)]
    public void Random_numbers_lie_in_the_range(long min, long max)
    {
        for (var i = 0; i < 1_000; i++)
            Assert.InRange(_tools.GetRandomNumber(min, max), min, max);
    }

    [Fact]
    public void Both_ends_of_the_range_come_out()
    {
        var drawn = Enumerable.Range(0, 1_000).Select(_ => _tools.GetRandomNumber(1, 3)).ToHashSet();

        Assert.Equal([1, 2, 3], drawn.Order());
    }

    [Fact]
    public void A_range_upside_down_is_refused() =>
        Assert.Equal(
            "min (2) is greater than max (1); swap them.",
            Assert.Throws<ToolException>(() => _tools.GetRandomNumber(2, 1)).Message);
}

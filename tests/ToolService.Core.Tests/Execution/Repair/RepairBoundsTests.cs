using System.Diagnostics;
using ToolService.Core.Execution.Repair;

namespace ToolService.Core.Tests.Execution.Repair;

/// <summary>Whatever is sent, repairing takes little more than reading it did.</summary>
public class RepairBoundsTests
{
    private const string Numbers = """{"type":"object","properties":{"v":{"type":"array","items":{"type":"integer"}}},"required":["v"]}""";

    [Fact]
    public void As_many_violations_as_the_limit_are_repaired_and_more_are_not()
    {
        var most = Arguments.Repair(Numbers, $$"""{"v":[{{Items("\"1\"", RepairLimits.MaxErrors)}}]}""");

        Assert.Equal(RepairLimits.MaxErrors, most.Repairs.Count);
        Arguments.AssertRefused(Numbers, $$"""{"v":[{{Items("\"1\"", RepairLimits.MaxErrors + 1)}}]}""");
    }

    [Fact]
    public void Arguments_as_long_as_the_limit_are_repaired_and_longer_ones_are_not()
    {
        var start = """{"v":["1"],"s":""" + "\"";
        string OfLength(int length) => $"{start}{new string('x', length - start.Length - 2)}\"}}";

        Assert.Null(Arguments.Repair(Numbers, OfLength(RepairLimits.MaxCharacters)).Error);
        Arguments.AssertRefused(Numbers, OfLength(RepairLimits.MaxCharacters + 1));
    }

    [Fact]
    public void Values_that_each_have_to_be_tried_are_tried_until_there_was_enough_work()
    {
        const string Choices = """{"type":"object","properties":{"v":{"type":"array","items":{"type":"array","items":{"type":"integer"}}}},"required":["v"]}""";

        Assert.Equal(60, Arguments.Repair(Choices, $$"""{"v":[{{Items("\"1\"", 30)}}]}""").Repairs.Count);
        Arguments.AssertRefused(Choices, $$"""{"v":[{{Items("\"1\"", RepairLimits.MaxChecks)}}]}""");
    }

    [Fact]
    public void Alternatives_within_alternatives_are_tried_until_there_was_enough_work()
    {
        const int Depth = 8;
        var schema = """{"type":"integer"}""";
        var value = "\"5\"";
        for (var i = 0; i < Depth; i++)
        {
            schema = $$"""{"anyOf":[{"properties":{"a":{{schema}} } },{"properties":{"a":{{schema}},"b":{} } }]}""";
            value = $$"""{"a":{{value}} }""";
        }

        Arguments.AssertRefused(Arguments.Schema(("v", schema)), $$"""{"v":{{value}}}""");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{'a':")]
    [InlineData("'")]
    [InlineData("```")]
    [InlineData("{a:1,")]
    [InlineData("\"\\\"")]
    [InlineData("{\"v\":[\"[[[[[[[[[[[[[[[[[[[[\",")]
    public void Hostile_text_is_refused_quickly(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 99_000 / piece.Length));
        var clock = Stopwatch.StartNew();

        Arguments.AssertRefused(Numbers, text);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    [Fact]
    public void Hostile_values_are_refused_quickly()
    {
        var strings = Items($"\"{new string('[', 900)}\"", 99);
        var clock = Stopwatch.StartNew();

        Arguments.AssertRefused(Numbers, $$"""{"v":[{{strings}}]}""");

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    private static string Items(string item, int count) => string.Join(',', Enumerable.Repeat(item, count));
}

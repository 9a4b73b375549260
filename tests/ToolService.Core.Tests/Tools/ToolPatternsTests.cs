using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolPatternsTests
{
    [Theory]
    [InlineData("get_*", "get_weather", true)]
    [InlineData("get_*", "get_", true)]
    [InlineData("get_*", "forget_it", false)]
    [InlineData("*_time", "current_time", true)]
    [InlineData("*", "anything", true)]
    [InlineData("**", "anything", true)]
    [InlineData("calculator", "calculator", true)]
    [InlineData("calculator", "Calculator", true)]
    [InlineData("calculator", "calculator2", false)]
    [InlineData("a*b*c", "a_b_b_c", true)]
    [InlineData("a*b*c", "a_c_b", false)]
    [InlineData("ab*ba", "aba", false)]
    public void Pattern_matches_whole_names(string pattern, string name, bool expected) =>
        Assert.Equal(expected, ToolPatterns.Parse([pattern]).Matches(name));

    [Fact]
    public void One_of_several_patterns_is_enough() => Assert.True(ToolPatterns.Parse(["none", "get_*"]).Matches("get_weather"));

    [Fact]
    public void No_patterns_match_nothing() => Assert.False(ToolPatterns.Parse([]).Matches("calculator"));

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("nul\0")]
    [InlineData("get_.*")]
    [InlineData("größe")]
    public void Pattern_that_no_tool_can_have_is_refused_by_name(string pattern)
    {
        var e = Assert.Throws<FormatException>(() => ToolPatterns.Parse(["*", pattern]));
        Assert.Contains(pattern.Length == 0 ? "empty" : pattern.Replace('\0', '\uFFFD'), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_pattern_is_refused_with_its_start() =>
        Assert.InRange(Assert.Throws<FormatException>(() => ToolPatterns.Parse([new string('a', 1_000_000)])).Message.Length, 128, 256);

    [Fact]
    public void Patterns_match_as_the_same_regular_expression_does()
    {
        var patterns = Gen.Elements('a', 'b', '*').NonEmptyListOf().Select(letters => string.Concat(letters.Take(10)));
        var names = Gen.Elements('a', 'b').ListOf().Select(letters => string.Concat(letters.Take(20)));

        Prop.ForAll(
            patterns.Zip(names).ToArbitrary(),
            pair => ToolPatterns.Parse([pair.Item1]).Matches(pair.Item2)
                == Regex.IsMatch(pair.Item2, $"^{pair.Item1.Replace("*", ".*", StringComparison.Ordinal)}$", RegexOptions.NonBacktracking))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Pattern_made_to_backtrack_takes_no_time()
    {
        var pattern = string.Concat(Enumerable.Repeat("a*", 60)) + "b";
        Assert.False(ToolPatterns.Parse([pattern]).Matches(new string('a', 1_000_000)));
    }
}

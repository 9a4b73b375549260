using FsCheck;
using FsCheck.Fluent;

namespace ToolService.Core.Tests;

public class EditDistanceTests
{
    // Few letters and short words, so that edits and swaps are frequent.
    private static readonly Gen<string> Words = Gen.Elements('a', 'b', 'c').ListOf().Select(letters => string.Concat(letters.Take(6)));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "abxc", 1)]
    [InlineData("abc", "xbc", 1)]
    [InlineData("abc", "xyz", 3)]
    public void Distance_counts_edits_and_swaps(string left, string right, int expected) =>
        Assert.Equal(expected, EditDistance.Between(left, right, 5));

    [Fact]
    public void Distance_is_what_a_plain_recursion_finds_up_to_the_maximum() => Prop.ForAll(
        Words.Two().ToArbitrary(),
        pair => EditDistance.Between(pair.Item1, pair.Item2, 3) == Math.Min(4, Plain(pair.Item1, pair.Item2))).QuickCheckThrowOnFailure();

    private static int Plain(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
            return left.Length + right.Length;

        var best = Math.Min(
            Plain(left[1..], right[1..]) + (left[0] == right[0] ? 0 : 1),
            Math.Min(Plain(left[1..], right), Plain(left, right[1..])) + 1);
        return left.Length > 1 && right.Length > 1 && left[0] == right[1] && left[1] == right[0]
            ? Math.Min(best, Plain(left[2..], right[2..]) + 1)
            : best;
    }
}

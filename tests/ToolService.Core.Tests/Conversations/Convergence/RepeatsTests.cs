using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Conversations.Convergence;
using ToolService.Core.Execution;

namespace ToolService.Core.Tests.Conversations.Convergence;

public class RepeatsTests
{
    [Theory]
    [InlineData(1, "a")]
    [InlineData(4, "a", "a", "a", "a")]
    [InlineData(2, "a", "b", "a", "b", "a")]
    [InlineData(1, "a", "a=2", "a=3")]
    [InlineData(2, "a", "a=2", "a", "a=2")]
    [InlineData(3, "a=!", "a=!", "a=!")]
    [InlineData(1, "a", "a", "b", "a")]
    [InlineData(3, "a", "a", "b=!", "a")]
    public void Rounds_with_the_same_outcome_are_counted_since_there_was_something_new(int expected, params string[] rounds) =>
        Assert.Equal(expected, Assert.Single(Repeats.InLastRound(Rounds.Of(rounds))).Value);

    [Fact]
    public void Twins_count_as_one_and_no_rounds_count_nothing()
    {
        IReadOnlyList<CallRecord> twins = [Rounds.Call("a"), Rounds.Call("a", "{ }")];

        Assert.All(Repeats.InLastRound([twins]).Values, count => Assert.Equal(1, count));
        Assert.Empty(Repeats.InLastRound([]));
    }

    [Fact]
    public void Turn_that_never_repeats_an_outcome_never_counts_more_than_one() => Check(
        from rounds in Script()
        select rounds.Select((round, i) => round.Select((call, j) => $"{call[0]}={(i * 100) + j + 10}").ToArray()).ToArray(),
        rounds => Count(rounds).Values.All(count => count == 1));

    [Fact]
    public void Turn_with_nothing_new_reaches_any_limit() => Check(
        from rounds in Script()
        from more in Gen.Choose(1, 10)
        select (Rounds: rounds, More: more),
        script => Count([.. script.Rounds, .. Enumerable.Repeat(script.Rounds[^1], script.More)]).Values.All(count => count > script.More));

    [Fact]
    public void Count_is_never_more_than_the_rounds_with_that_call() => Check(Script(), rounds =>
    {
        var records = Records(rounds);
        var counts = Repeats.InLastRound(records);
        return records[^1].All(call => counts[call.CallId] <= records.Count(round => round.Any(other => other.ToolName == call.ToolName)));
    });

    private static IReadOnlyDictionary<string, int> Count(string[][] rounds) => Repeats.InLastRound(Records(rounds));

    private static IReadOnlyList<IReadOnlyList<CallRecord>> Records(string[][] rounds) =>
        [.. rounds.Select(round => Rounds.Of(round).SelectMany(calls => calls).ToList())];

    private static Gen<string[][]> Script() =>
        from rounds in Gen.Elements("a", "b", "c=!", "c=2", "d=3").NonEmptyListOf().NonEmptyListOf()
        select rounds.Select(round => round.ToArray()).ToArray();

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).QuickCheckThrowOnFailure();
}

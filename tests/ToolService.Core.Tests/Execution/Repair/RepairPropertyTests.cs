using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace ToolService.Core.Tests.Execution.Repair;

public class RepairPropertyTests
{
    [Fact]
    public void Arguments_that_are_wrong_in_listed_ways_come_back_or_are_refused_and_never_become_others()
    {
        var (back, refused) = (0, 0);
        Check(Wrong(), wrong =>
        {
            var repaired = Arguments.Repair(wrong.Schema, wrong.Text);
            if (repaired.Error is null && Arguments.AreEqual(repaired.Text, wrong.Instance))
                back++;
            else if (repaired.Error is not null)
                refused++;
            else
                return false;
            return true;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{back} came back, {refused} were refused.");
        Assert.True(back > 20 * refused, $"{back} came back, {refused} were refused.");
    }

    [Fact]
    public void Repairing_what_was_repaired_changes_nothing() => Check(Wrong(), wrong =>
    {
        var repaired = Arguments.Repair(wrong.Schema, wrong.Text);
        var again = Arguments.Repair(wrong.Schema, repaired.Text);
        return repaired.Error is not null || (again.Error is null && again.Text == repaired.Text && again.Repairs.Count == 0);
    });

    [Fact]
    public void Valid_arguments_are_never_touched() => Check(ToolSamples.Any(), sample =>
    {
        Arguments.AssertUnchanged(sample.Schema, sample.Instance);
        return true;
    });

    [Fact]
    public void Arguments_for_another_schema_are_refused_or_valid_afterwards() => Check(
        from first in ToolSamples.Any()
        from second in ToolSamples.Any()
        select (first.Schema, second.Instance),
        pair =>
        {
            var repaired = Arguments.Repair(pair.Schema, pair.Instance);
            return repaired.Error is not null || Arguments.Repair(pair.Schema, repaired.Text, repairs: false) is { Error: null, Repairs.Count: 0 };
        });

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Gen<(string Schema, string Instance, string Text)> Wrong() =>
        from sample in ToolSamples.Any(closed: true)
        from places in Gen.Choose(0, 40).ListOf(3)
        from mistakes in Gen.Choose(0, 5).ListOf(3)
        from style in Gen.Choose(0, (int)NearlyJson.All)
        let node = places.Zip(mistakes).Aggregate(
            JsonNode.Parse(sample.Instance)!, (node, mistake) => Mistakes.Make(node, mistake.First, mistake.Second))
        select (sample.Schema, sample.Instance, NearlyJsonText.Write(JsonSerializer.SerializeToElement(node), (NearlyJson)style));
}

using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Conversations.Context;

namespace ToolService.Core.Tests.Conversations.Context;

public class TokenEstimateTests
{
    private static readonly Gen<string> Texts = from parts in Gen.Elements("word ", "é", "ж", "語", "🐲", "\n", "{\"a\":1}").ListOf() select string.Concat(parts);

    private static readonly Gen<ContextMeasure> Measures =
        from input in Gen.Choose(1, 100_000)
        from output in Gen.Choose(0, 10_000)
        from weight in Gen.Choose(1, 100_000)
        from answer in Gen.Choose(0, 10_000)
        select ContextMeasure.Of("m", input, output, weight, answer);

    [Theory]
    [InlineData("", 0)]
    [InlineData("four", 1)]
    [InlineData("語語語", 3)]
    [InlineData("жжжж", 1.8)]
    public void Text_weighs_by_its_script(string text, double weight) => Assert.Equal(weight, TextWeight.Of(text), 6);

    [Fact]
    public void Longer_text_weighs_no_less() => Prop.ForAll(Arb.From(Gen.Zip(Texts, Texts)), texts =>
        TextWeight.Of(texts.Item1) >= 0 && TextWeight.Of(texts.Item1 + texts.Item2) >= TextWeight.Of(texts.Item1)).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Bounded_text_is_a_beginning_that_weighs_no_more() => Prop.ForAll(Arb.From(Gen.Zip(Texts, Gen.Choose(0, 50))), given =>
    {
        var bounded = TextWeight.Bound(given.Item1, given.Item2);
        return TextWeight.Of(bounded) <= given.Item2 && given.Item1.StartsWith(bounded, StringComparison.Ordinal)
            && (bounded.Length == 0 || !char.IsHighSurrogate(bounded[^1]));
    }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Heavier_request_is_never_estimated_at_less_nor_any_below_nothing() =>
        Prop.ForAll(Arb.From(Gen.Zip(Measures, Gen.Zip(Gen.Choose(0, 200_000), Gen.Choose(0, 200_000)))), given =>
        {
            var (measure, (first, second)) = given;
            var (light, heavy) = (measure.Estimate(Math.Min(first, second)), measure.Estimate(Math.Max(first, second)));
            return light >= 0 && heavy >= light;
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Estimate_after_one_request_is_near_what_the_provider_will_count() =>
        Prop.ForAll(Arb.From(Gen.Zip(Gen.Choose(30, 350), Gen.Zip(Gen.Choose(100, 50_000), Gen.Choose(0, 50_000)))), given =>
        {
            var (percent, (sent, added)) = given;
            var truth = percent / 100.0;
            var measure = ContextMeasure.Of("m", Math.Round(sent * truth), 0, sent, 0);
            var counted = (sent + added) * truth;
            return Math.Abs(measure.Estimate(sent + added) - counted) <= (counted * 0.02) + 1;
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Odd_count_does_not_throw_the_estimate_off_without_bounds()
    {
        Assert.Equal(4, ContextMeasure.Of("m", 1_000_000, 0, 10, 0).Ratio);
        Assert.Equal(0.25, ContextMeasure.Of("m", 1, 0, 10_000, 0).Ratio);
    }
}

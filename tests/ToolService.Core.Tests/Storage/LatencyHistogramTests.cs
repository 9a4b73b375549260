using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Storage;

namespace ToolService.Core.Tests.Storage;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_within_one_percent_of_the_exact_ones()
    {
        // Durations over the whole range, from a microsecond to days.
        var duration = Gen.Choose(0, 38).SelectMany(_ => Gen.Choose(1, 1024), (power, factor) => ((1L << power) * factor) / 1024);
        var cases = duration.NonEmptyListOf()
            .SelectMany(_ => Gen.Choose(1, 100), (list, percent) => (Values: list.ToArray(), Share: percent / 100d));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var histogram = new LatencyHistogram();
            foreach (var value in sample.Values)
                histogram.Add(value);

            var exact = sample.Values.Order().ElementAt(Math.Max(1, (int)Math.Ceiling(sample.Share * sample.Values.Length)) - 1);
            return Math.Abs(histogram.Percentile(sample.Share).TotalMicroseconds - exact) <= (exact * 0.010001) + 0.1;
        }));
    }

    [Fact]
    public void Percentile_is_zero_when_nothing_was_added() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(0.5));
}

using System.Diagnostics;
using ToolService.Core.Schema;
using ToolService.Core.Schema.Formats;

namespace ToolService.Core.Tests.Schema.Formats;

public class FormatHostileTests
{
    private const int Small = 1 << 14;
    private const int Factor = 16;

    // Linear is 16; quadratic would be 256.
    private const double Bearable = 80;

    private const int LeastAttempts = 5;
    private const int MaxAttempts = 50;

    private static readonly TimeSpan Measurable = TimeSpan.FromMilliseconds(1);

    // No linear run takes as long, however little of the processor it gets.
    private static readonly TimeSpan Hopeless = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("date", "2026-", "1", "")]
    [InlineData("time", "10:10:10.", "1", "Z")]
    [InlineData("duration", "P", "1", "D")]
    [InlineData("email", "", "a.", "@a")]
    [InlineData("email", "a@", "a.", "a")]
    [InlineData("email", "\"", "\\\"", "\"@a")]
    [InlineData("idn-email", "", "é", "@é")]
    [InlineData("hostname", "", "a.", "a")]
    [InlineData("hostname", "", "xn--a.", "a")]
    [InlineData("hostname", "xn--", "a", "")]
    [InlineData("idn-hostname", "", "é", "")]
    [InlineData("idn-hostname", "", "。", "")]
    [InlineData("ipv4", "", "1.", "1")]
    [InlineData("ipv6", "", "1:", ":1")]
    [InlineData("uri", "a://", "a", "@")]
    [InlineData("uri", "a://", "a", "")]
    [InlineData("uri", "a://[", "1:", "]")]
    [InlineData("uri-reference", "", "%41", "")]
    [InlineData("uri-reference", "", "../", "")]
    [InlineData("iri", "a:", "é", "")]
    [InlineData("iri-reference", "", "😀", "")]
    [InlineData("uri-template", "", "{a}", "")]
    [InlineData("uri-template", "{", "a,", "a}")]
    [InlineData("uri-template", "", "{", "")]
    [InlineData("uuid", "", "0", "")]
    [InlineData("json-pointer", "", "/~0", "")]
    [InlineData("relative-json-pointer", "", "1", "#")]
    [InlineData("regex", "", "(", "")]
    public void A_long_string_takes_linear_time(string name, string start, string repeated, string end)
    {
        var format = FormatCatalog.Find(name, SchemaDraft.Draft202012)!;
        var smallText = start + string.Concat(Enumerable.Repeat(repeated, Small)) + end;
        var largeText = start + string.Concat(Enumerable.Repeat(repeated, Small * Factor)) + end;
        var (small, large) = (TimeSpan.MaxValue, TimeSpan.MaxValue);

        // The shortest of the runs so far are those that other work has disturbed least; what is not linear stays so in all of them.
        for (var attempt = 0; attempt < LeastAttempts || (attempt < MaxAttempts && !IsLinear()); attempt++)
        {
            small = Shorter(small, Measure(format, smallText));
            var elapsed = Measure(format, largeText);
            large = Shorter(large, elapsed);
            if (elapsed > Hopeless)
                break;
        }

        Assert.True(IsLinear(), $"{large / small:F0} times the time for {Factor} times the length");

        bool IsLinear() => large < Measurable || large / small < Bearable;
    }

    [Fact]
    public void A_long_string_with_escapes_is_checked_whole()
    {
        var schema = JsonSchema.Compile(Json.Parse("""{"format":"json-pointer"}"""), new SchemaOptions { AssertFormats = true });

        Assert.True(schema.IsValid(Json.Parse($"\"{string.Concat(Enumerable.Repeat("\\u002fa", 200_000))}\"")));
        Assert.False(schema.IsValid(Json.Parse($"\"{string.Concat(Enumerable.Repeat("\\u002fa", 200_000))}~\"")));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("(?:", ")")]
    [InlineData("(?=", ")")]
    public void Groups_nested_without_end_are_no_regex(string open, string close)
    {
        var accepts = FormatCatalog.Find("regex", SchemaDraft.Draft202012)!.Accepts;

        Assert.False(accepts(string.Concat(Enumerable.Repeat(open, 1000)) + string.Concat(Enumerable.Repeat(close, 1000))));
        Assert.True(accepts(string.Concat(Enumerable.Repeat(open, 100)) + string.Concat(Enumerable.Repeat(close, 100))));
    }

    private static TimeSpan Measure(Format format, string text)
    {
        var started = Stopwatch.GetTimestamp();
        format.Accepts(text);
        return Stopwatch.GetElapsedTime(started);
    }

    private static TimeSpan Shorter(TimeSpan some, TimeSpan other) => some < other ? some : other;
}

using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Models;
using ToolService.Core.Models.TextCalls;

namespace ToolService.Core.Tests.Models.TextCalls;

public class TextCallPropertyTests
{
    private static readonly string[] Tools = ["get_weather", "ping"];
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ITextCallFormat[] Formats = [.. TextCallFormats.Names.Select(TextCallFormats.Find).OfType<ITextCallFormat>()];

    private static readonly JsonElement Schema = JsonElement.Parse(
        """
        {"properties":{
            "city":{"type":"string"},"days":{"type":"integer"},"exact":{"type":["boolean","null"]},
            "tags":{"type":"array"},"near":{"anyOf":[{"type":"object"}]}}}
        """);

    private static readonly TextTools Typed = new(Tools.ToDictionary(name => name, _ => Schema), onlyOffered: true);
    private static readonly TextTools Offered = Reading.Offering(Tools);

    // Whole calls, their parts, and what they are easily mixed up with.
    private static readonly string[] Parts =
    [
        .. Formats.SelectMany(format => format.Markers.Select(marker => marker.Text)),
        .. Formats.Select(format => format.Write([Weather("get_weather")])),
        .. Formats.Select(format => format.Write([Weather("other")])),
        "</tool_call>", "{\"name\": \"get_weather\", \"arguments\": ",
        "{\"city\": \"Oslo\"}", "}", "]", "```", "`", "\n", " ", "\"", "'", "x", "I'll look. ",
        "<think>", "</think>", "<tool_response>", "get_weather", "(city=", "call:", "\\", "<", "<|", "é", "🎉",
    ];

    [Fact]
    public void Any_text_in_pieces_is_read_as_the_whole_is() => Check(2000, text =>
    {
        var random = new Random(text.Length);
        foreach (var formats in (TextCallFormatSet[])[TextCallFormats.All, TextCallFormats.AllOfPrompted])
        {
            var whole = Reading.Of([text], formats, Offered, TextReasoning.Tagged).Summary();
            foreach (var longest in (int[])[1, 3, 20])
                Assert.Equal(whole, Reading.Of(Reading.Cut(text, random, longest), formats, Offered, TextReasoning.Tagged).Summary());
        }
    });

    [Fact]
    public void Nothing_is_lost_but_calls_and_the_white_space_around_them() => Check(2000, text =>
    {
        var reading = Reading.Of(Reading.Cut(text, new Random(1), 5), TextCallFormats.All, Offered);

        if (reading.Calls.Count == 0 && reading.Thoughts.Length == 0 && !Envelopes(text))
            Assert.Equal(text, reading.Words);
        else if (!Envelopes(text))
            Assert.Equal(Dense(text).Length, Dense(reading.Words + string.Concat(reading.Calls.Select(call => call.Source))).Length);
    });

    [Fact]
    public void Text_without_markers_comes_out_unchanged() => Prop.ForAll<NonNull<string>>(text =>
    {
        var plain = text.Get.Replace('<', '(').Replace('[', '(').Replace('{', '(');
        Assert.Equal(plain, Reading.Of(Reading.Cut(plain, new Random(1), 5), TextCallFormats.All, Offered).Words);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_format_reads_what_it_writes() => Prop.ForAll(Calls().ToArbitrary(), calls =>
    {
        foreach (var format in Formats)
        {
            var text = "Let me look.\n" + format.Write(calls);
            if (format.Name is "FencedJson")
                text = format.Write(calls);
            var reading = Reading.Of(Reading.Cut(text, new Random(1), 5), TextCallFormats.Only(format), Typed);
            Assert.Equal(
                calls.Select(call => $"{call.Name} {call.Arguments}"),
                reading.Calls.Select(call => $"{call.Name} {Compact(call.Arguments)}"));
            Assert.True(reading.Words is "Let me look." or "", $"{format.Name} shows {reading.Words}");
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_part_of_a_marker_is_shown_before_its_call() => Prop.ForAll(Calls().ToArbitrary(), calls =>
    {
        foreach (var format in Formats.Where(format => !format.NeedsOfferedTool))
        {
            var reading = Reading.Of(("Let me look. " + format.Write(calls)).Select(c => c.ToString()), TextCallFormats.All, Typed);
            Assert.All(reading.Shown, shown => Assert.StartsWith(shown, "Let me look. ", StringComparison.Ordinal));
        }
    }).QuickCheckThrowOnFailure();

    private static void Check(int count, Action<string> property) => Prop.ForAll(
        Gen.Elements(Parts).ListOf().Select(parts => string.Concat(parts.Take(12))).ToArbitrary(), property).Check(
        Config.QuickThrowOnFailure.WithMaxTest(count));

    private static Gen<List<TextPiece.Call>> Calls() =>
        from count in Gen.Choose(1, 3)
        from calls in Call().ListOf(count)
        select calls.ToList();

    private static Gen<TextPiece.Call> Call() =>
        from name in Gen.Elements(Tools)
        from city in Gen.Elements("Oslo", "Søndre Nordstrand", "a b", "x\\\"y", "42", "it's", "")
        from days in Gen.Choose(-5, 1000)
        from exact in Gen.Elements("true", "false", "null")
        from rest in Gen.Elements("", ""","tags":[1,"two",[true]]""", ""","near":{"a":{"b":[null,1.5]}}""")
        select new TextPiece.Call(name, $$"""{"city":"{{city}}","days":{{days}},"exact":{{exact}}{{rest}}}""");

    private static TextPiece.Call Weather(string name) => new(name, """{"city": "Oslo"}""");

    private static string Compact(string json) => JsonSerializer.Serialize(JsonElement.Parse(json), Relaxed);

    private static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    // Markers that only say what the words between them are disappear.
    private static bool Envelopes(string text) =>
        ((string[])["<|START_", "<|END_", "｜tool▁output", "<|channel|>", "<|from|>", "<|recipient|>", "<|eo"])
            .Any(marker => text.Contains(marker, StringComparison.Ordinal));
}

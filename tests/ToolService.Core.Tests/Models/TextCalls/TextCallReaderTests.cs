using ToolService.Core.Models;
using ToolService.Core.Models.TextCalls;

namespace ToolService.Core.Tests.Models.TextCalls;

public class TextCallReaderTests
{
    private const string Hermes = """<tool_call>{"name": "get_weather", "arguments": {"city": "Oslo"}}</tool_call>""";
    private const string Json = """{"name": "get_weather", "arguments": {"city": "Oslo"}}""";
    private static readonly TextTools Weather = Reading.Offering("get_weather");

    [Theory]
    [InlineData(Hermes)]
    [InlineData($"I'll look it up.\n{Hermes}")]
    [InlineData(Json)]
    [InlineData($" {Json}\n")]
    [InlineData($"[{Json}]")]
    [InlineData($"```json\n{Json}\n```")]
    [InlineData("""[get_weather(city="Oslo")]""")]
    [InlineData("""The `code` is gone. <tool_call>{"name": "get_weather", "arguments": "{\"city\": \"Oslo\"}"}</tool_call>""")]
    [InlineData("""<tool_call>{"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Oslo"}}}</tool_call>""")]
    [InlineData("```\nsome code\n```\n" + Hermes)]
    [InlineData("<think>I could write <tool_call>.</think>" + Hermes)]
    public void Call_that_slipped_into_the_text_is_found(string text)
    {
        var call = Assert.Single(Read(text).Calls);

        Assert.Equal("get_weather", call.Name);
        Assert.Contains("Oslo", call.Arguments, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"A Hermes call looks like this:\n```\n{Hermes}\n```\nand is run.")]
    [InlineData($"A Hermes call looks like this:\n```xml\n{Hermes}\n")]
    [InlineData($"A Hermes call looks like this: `{Hermes}`, and is run.")]
    [InlineData($"A Hermes call looks like this: \"{Hermes}\".")]
    [InlineData($"A Hermes call looks like this: ``{Hermes}``.")]
    [InlineData("""A Hermes call looks like this: <tool_call>{"name": "example", "arguments": {}}</tool_call>""")]
    [InlineData("A Hermes call is between <tool_call> and </tool_call>.")]
    [InlineData("It begins with <tool_call>")]
    [InlineData("It begins with <tool_")]
    [InlineData($"As JSON: {Json}")]
    [InlineData($"{Json} is how a call looks.")]
    [InlineData($"Here:\n```json\n{Json}\n```")]
    [InlineData($"```json\n{Json}\n```\nThat is how a call looks.")]
    [InlineData("""{"name": "example", "arguments": {}}""")]
    [InlineData("""{"name": "get_weather", "city": "Oslo"}""")]
    [InlineData("""{"name": "get_weather", "arguments": {}, "note": "an example"}""")]
    [InlineData("""[{"name": "Oslo"}, {"name": "Bergen"}]""")]
    [InlineData("[get_weather](https://example.com) explains it.")]
    [InlineData("""[example(city="Oslo")]""")]
    [InlineData("""[get_weather(city="Oslo")] is how a call looks.""")]
    [InlineData("functools.partial makes functions; [TOOL_CALLS] is a token.")]
    [InlineData("if (a <b> c) { d[0] = \"<|python_tag|>\"; }")]
    [InlineData("<function_call> is an element, <invoke name=\"x\"> another.")]
    [InlineData("The end-of-turn token is <|end|>, or <|eot_id|>.")]
    public void Words_about_calls_are_no_calls(string text)
    {
        var reading = Read(text);

        Assert.Empty(reading.Calls);
        Assert.Equal(text, reading.Words);
    }

    [Fact]
    public void Unfinished_call_to_an_offered_tool_is_a_broken_call()
    {
        var call = Assert.Single(Read("""I write. <tool_call>{"name": "get_weather", "arguments": {"city": "Os""").Calls);

        Assert.Equal("""{"city": "Os""", call.Arguments);
        Assert.NotNull(ToolCallArguments.ToCall("call_1", call.Name, call.Arguments).Exception);
    }

    [Fact]
    public void Unfinished_call_to_another_tool_is_text()
    {
        const string text = """<tool_call>{"name": "example", "arguments": {"city": "Os""";

        Assert.Equal(text, Read(text).Words);
    }

    [Fact]
    public void Call_whose_arguments_are_no_json_is_a_broken_call()
    {
        var reading = Read("""<tool_call>{"name": "get_weather", "arguments": {city: Oslo}}</tool_call>""");

        Assert.Equal("{city: Oslo}", Assert.Single(reading.Calls).Arguments);
        Assert.Equal("", reading.Words);
    }

    [Fact]
    public void Words_are_shown_at_once_when_they_are_none_of_a_call()
    {
        var reader = new TextCallReader(TextCallFormats.All, Weather);

        Assert.Equal([new TextPiece.Words("The <tool_call> tag i")], reader.Append("The <tool_call> tag i"));
        Assert.Equal([new TextPiece.Words("s a")], reader.Append("s a<tool"));
        Assert.Equal([new TextPiece.Words("<tool shed")], reader.Append(" shed"));
    }

    [Fact]
    public void Invented_result_and_what_follows_it_is_dropped_after_a_prompted_call()
    {
        const string text = $"I look.\n{Hermes}\n<tool_response>\n12 degrees\n</tool_response>\nIt is 12 degrees.";

        var reading = Reading.Of([text], TextCallFormats.AllOfPrompted, Weather);

        Assert.Single(reading.Calls);
        Assert.Equal("I look.", reading.Words);
    }

    [Fact]
    public void Unknown_tool_is_called_where_calls_were_asked_for()
    {
        var tools = new TextTools(new Dictionary<string, System.Text.Json.JsonElement>(), onlyOffered: false);

        var reading = Reading.Of(["""<tool_call>{"name": "nope", "arguments": {}}</tool_call>"""], TextCallFormats.AllOfPrompted, tools);

        Assert.Equal("nope", Assert.Single(reading.Calls).Name);
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "half markers", "<tool_cal" },
        { "markers", "<tool_call>" },
        { "open brackets", "[[[[{{" },
        { "open calls", "<tool_call>{\"name\":\"get_weather\",\"arguments\":{\"a\":" },
        { "open text", "<tool_call>{\"name\":\"get_weather\",\"arguments\":{\"a\":\"" },
        { "elements", "<function=get_weather><parameter=a>" },
        { "tokens", "<|tool_call_begin|>x<|tool_call_argument_begin|>{" },
        { "backticks", "`" },
        { "white space", " " },
        { "thoughts", "<think>" },
        { "delimiters", "<|tool_call>call:x{a:<|\"|>" },
        { "invocations", "<minimax:tool_call><invoke name=\"get_weather\"><parameter name=\"a\">" },
        { "backslashes", "{\"name\": \"\\" },
        { "channels", "<|channel|>analysis<|message|>" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Megabyte_made_to_be_slow_is_read_to_its_end(string what, string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));

        var whole = Reading.Of([text], TextCallFormats.AllOfPrompted, Weather, TextReasoning.Tagged);
        var inPieces = Reading.Of(Reading.Cut(text, new Random(1), 8), TextCallFormats.AllOfPrompted, Weather, TextReasoning.Tagged);

        // That this ends is the point: a quadratic reader would take longer than the whole run of the tests may.
        Assert.True(whole.Summary() == inPieces.Summary(), what);
    }

    private static Reading Read(string text)
    {
        var whole = Reading.Of([text], TextCallFormats.All, Weather, TextReasoning.Tagged);
        var inPieces = Reading.Of(text.Select(c => c.ToString()), TextCallFormats.All, Weather, TextReasoning.Tagged);
        Assert.Equal(whole.Summary(), inPieces.Summary());
        return whole;
    }
}

using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Execution.Repair;

namespace ToolService.Core.Tests.Execution.Repair;

public class TextRepairTests
{
    private const string Anything = """{"type":"object"}""";

    [Theory]
    [InlineData("""{"a":[1,2,],}""", """{"a":[1,2]}""", ToolRepairKind.TrailingComma)]
    [InlineData("""{'a': 'it\'s "so"'}""", """{"a":"it's \"so\""}""", ToolRepairKind.SingleQuotes)]
    [InlineData("""{a: 1, _b$2: {c: "x"}}""", """{"a":1,"_b$2":{"c":"x"}}""", ToolRepairKind.UnquotedKey)]
    [InlineData("""{"a":[{"b":"x"}""", """{"a":[{"b":"x"}]}""", ToolRepairKind.UnclosedBracket)]
    [InlineData("{\"a\": 1\n", """{"a":1}""", ToolRepairKind.UnclosedBracket)]
    [InlineData("""{"a":true""", """{"a":true}""", ToolRepairKind.UnclosedBracket)]
    [InlineData("""{"a":[True,False,None,true]}""", """{"a":[true,false,null,true]}""", ToolRepairKind.PythonLiteral)]
    [InlineData("```json\n{\"a\": 1}\n```", """{"a": 1}""", ToolRepairKind.CodeFence)]
    [InlineData(" ```\n{\"a\":\"```\"}``` \n", """{"a":"```"}""", ToolRepairKind.CodeFence)]
    [InlineData("""  "{\"a\":1}" """, """{"a":1}""", ToolRepairKind.JsonInString)]
    [InlineData("""{"n":[12345678901234567890.50,1e400,-0],}""", """{"n":[12345678901234567890.50,1e400,-0]}""", ToolRepairKind.TrailingComma)]
    [InlineData("""{"s":"é\u0041\/\n🐲",}""", """{"s":"é\u0041\/\n🐲"}""", ToolRepairKind.TrailingComma)]
    public void Text_with_one_reading_becomes_that(string text, string expected, ToolRepairKind kind) =>
        Arguments.AssertRepaired(Anything, text, expected, kind);

    [Fact]
    public void Several_faults_of_one_text_are_repaired_together() => Arguments.AssertRepaired(
        Anything,
        "```python\n{a: 'x', \"b\": [None, {'c': True,}\n```",
        """{"a":"x","b":[null,{"c":true}]}""",
        ToolRepairKind.CodeFence,
        ToolRepairKind.UnquotedKey,
        ToolRepairKind.SingleQuotes,
        ToolRepairKind.PythonLiteral,
        ToolRepairKind.TrailingComma,
        ToolRepairKind.UnclosedBracket);

    [Fact]
    public void Fence_within_a_string_is_removed_as_one_around_the_text_is() => Arguments.AssertRepaired(
        Anything, """ "```json\n{'a': 1}\n```" """, """{"a":1}""", ToolRepairKind.JsonInString, ToolRepairKind.CodeFence, ToolRepairKind.SingleQuotes);

    [Fact]
    public void Object_that_was_encoded_twice_is_read_as_leniently_as_one_that_was_not() =>
        Arguments.AssertRepaired(Anything, """ "{'a': 1}" """, """{"a":1}""", ToolRepairKind.JsonInString, ToolRepairKind.SingleQuotes);

    [Theory]
    [InlineData("""{"a":"x""", "a string without its end was cut off")]
    [InlineData("""{"a":1""", "more digits may have followed")]
    [InlineData("""{"a":[1,2""", "more digits may have followed")]
    [InlineData("""{"a":"x",""", "more must have followed")]
    [InlineData("""{"a":""", "more must have followed")]
    [InlineData("""{"a""", "more must have followed")]
    [InlineData("""{"a":{""", "more must have followed")]
    [InlineData("""{"a":tru""", "half a literal")]
    [InlineData("""{"a":[1}""", "a bracket is missing in the middle")]
    [InlineData("""{"a":1}}""", "a bracket too many")]
    [InlineData("""{"a":1} {"b":2}""", "two objects")]
    [InlineData("""Here it is: {"a":1}""", "words before it")]
    [InlineData("""{"a":1} Done.""", "words after it")]
    [InlineData("""{"a":1 /* one */}""", "a comment")]
    [InlineData("""{"a":1_000}""", "no JSON number")]
    [InlineData("""{"a":NaN}""", "no JSON number")]
    [InlineData("""{"a":+1}""", "no JSON number")]
    [InlineData("""{"a":.5}""", "no JSON number")]
    [InlineData("""{"a":0x1F}""", "no JSON number")]
    [InlineData("""{"a":007}""", "no JSON number")]
    [InlineData("""{"a":1,"a":2,}""", "a member twice")]
    [InlineData("""{a:1,"a":1}""", "a member twice")]
    [InlineData("""{"a":hello}""", "a string without quotes")]
    [InlineData("""{'a': 'it's'}""", "an apostrophe ends the string")]
    [InlineData("""{'a': '\x41'}""", "an escape that JSON does not have")]
    [InlineData("""{'a': '\/'}""", "an escape that Python and JavaScript read differently")]
    [InlineData("""{"a":"\'"}""", "an escape that JSON does not have")]
    [InlineData("""{True: 1}""", "a literal as a name")]
    [InlineData("""{1: 1}""", "a number as a name")]
    [InlineData("""{"a":1,,"b":2}""", "two commas")]
    [InlineData("""{,}""", "a comma alone")]
    [InlineData("""{"a" 1}""", "no colon")]
    [InlineData("""[{"a":1}]""", "an array")]
    [InlineData("\"\\\"{}\\\"\"", "encoded three times")]
    [InlineData("```json\n{\"a\":1}", "a fence without its end")]
    [InlineData("{\"a\":\"\n\",}", "a line break within a string")]
    [InlineData("{\"a\":'\\ud800'}", "half a surrogate pair")]
    public void Text_with_no_or_several_readings_is_refused_as_it_is(string text, string reason)
    {
        Assert.NotEmpty(reason);
        Arguments.AssertRefused(Anything, text);
    }

    [Fact]
    public void Nesting_is_bounded_as_in_json()
    {
        Arguments.AssertRefused(Anything, "{\"a\":" + new string('[', 100_000));
        Arguments.AssertRefused(Anything, "{'a':" + new string('[', 64) + new string(']', 64) + "}");
        Assert.Null(Arguments.Repair(Anything, "{'a':" + new string('[', 63) + new string(']', 63) + "}").Error);
    }

    [Fact]
    public void Text_beyond_the_limit_is_not_repaired()
    {
        Arguments.AssertRefused(Anything, $$"""{"a":"{{new string('x', 99_999)}}",}""");
        Assert.Null(Arguments.Repair(Anything, $$"""{"a":"{{new string('x', 99_000)}}",}""").Error);
    }

    [Fact]
    public void No_garbage_makes_it_throw_and_what_it_makes_is_strict_json() => Check(Garbage(), text =>
    {
        var repaired = Arguments.Repair(Anything, text);
        var again = Arguments.Repair(Anything, repaired.Text);
        return repaired.Error is not null
            || (JsonElement.Parse(repaired.Text).ValueKind is JsonValueKind.Object && again.Text == repaired.Text && again.Repairs.Count == 0);
    });

    [Fact]
    public void Json_is_never_touched() => Check(ToolSamples.Any(), sample =>
    {
        Arguments.AssertUnchanged(Anything, sample.Instance);
        return true;
    });

    [Fact]
    public void Json_that_is_broken_in_every_listed_way_comes_back() => Check(
        from sample in ToolSamples.Any()
        from style in Gen.Choose(0, (int)NearlyJson.All)
        from open in Gen.Choose(0, 3)
        select (sample.Instance, Style: (NearlyJson)style, open),
        broken =>
        {
            var text = NearlyJsonText.Write(JsonElement.Parse(broken.Instance), broken.Style, broken.open);
            var repaired = Arguments.Repair(Anything, text);
            var end = text.TrimEnd('`', '\n')[^1];
            return repaired.Error is null
                ? Arguments.AreEqual(broken.Instance, repaired.Text)
                : broken.open > 0 && (char.IsAsciiDigit(end) || end is '{' or '[' or ',');
        });

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(generator), property).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static Gen<string> Garbage() => Gen.Elements(
            "{", "}", "[", "]", "\"", "'", ":", ",", "\\", "\\u", "\\ud800", "\\'", "```", "```json\n", "\n", " ", "a", "1", "-", "e", ".", "0",
            "True", "None", "null", "NaN", "\0", "\ud800", "🐲", "\"a\":", "'a':", "a:", "{}", "[]", "\"x\"", "'x'", "\"{\\\"a\\\":1}\"")
        .ListOf().Select(string.Concat);
}

using ToolService.Core.Execution.Repair;
using static ToolService.Core.Execution.Repair.ToolRepairKind;

namespace ToolService.Core.Tests.Execution.Repair;

public class ValueRepairTests
{
    private const string Integer = """{"type":"integer"}""";
    private const string Text = """{"type":"string"}""";
    private const string Integers = """{"type":"array","items":{"type":"integer"}}""";
    private const string Texts = """{"type":"array","items":{"type":"string"}}""";
    private const string Point = """{"type":"object","properties":{"x":{"type":"integer"},"y":{"type":"integer"}},"required":["x"]}""";

    [Theory]
    [InlineData(Integer, "\"5\"", "5", TextToValue)]
    [InlineData(Integer, "\" -5 \"", "-5", TextToValue)]
    [InlineData(Integer, "\"5.0\"", "5.0", TextToValue)]
    [InlineData(Integer, "\"12345678901234567890\"", "12345678901234567890", TextToValue)]
    [InlineData("""{"type":"number"}""", "\"1e400\"", "1e400", TextToValue)]
    [InlineData("""{"type":"boolean"}""", "\"true\"", "true", TextToValue)]
    [InlineData("""{"type":"boolean"}""", "\"False\"", "false", TextToValue)]
    [InlineData("""{"type":["integer","null"]}""", "\"null\"", "null", TextToValue)]
    [InlineData("""{"type":["integer","null"]}""", "\"None\"", "null", TextToValue)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"5\"", "5", TextToValue)]
    [InlineData("""{"oneOf":[{"type":"integer","maximum":3},{"type":"boolean"}]}""", "\"true\"", "true", TextToValue)]
    [InlineData("""{"enum":[1,2]}""", "\"2\"", "2", TextToValue)]
    [InlineData("""{"const":7}""", "\"7\"", "7", TextToValue)]
    [InlineData(Integers, "5", "[5]", ScalarToArray)]
    [InlineData(Texts, "\"a, b\"", "[\"a, b\"]", ScalarToArray)]
    [InlineData(Texts, "\"5\"", "[\"5\"]", ScalarToArray)]
    [InlineData(Integers, "\"5\"", "[5]", TextToValue, ScalarToArray)]
    [InlineData("""{"type":"array"}""", "true", "[true]", ScalarToArray)]
    [InlineData(Integers, "\"[1, 2]\"", "[1, 2]", JsonInString)]
    [InlineData(Texts, "\"[\\\"a\\\",\\\"b\\\"]\"", "[\"a\",\"b\"]", JsonInString)]
    [InlineData(Texts, "\"['a', 'b',]\"", "[\"a\",\"b\"]", JsonInString, SingleQuotes, TrailingComma)]
    [InlineData(Point, "\"{\\\"x\\\":1}\"", "{\"x\":1}", JsonInString)]
    [InlineData(Point, "\"{'X': '1'}\"", "{\"x\":1}", JsonInString, SingleQuotes, Renamed, TextToValue)]
    [InlineData("""{"anyOf":[{"type":"object","properties":{"x":{"type":"integer"}}},{"type":"null"}]}""", "\"{\\\"x\\\":\\\"1\\\"}\"", "{\"x\":1}", JsonInString, TextToValue)]
    [InlineData("""{"type":"array","items":{"type":"array","items":{"type":"integer"}}}""", "[\"[1]\",2]", "[[1],[2]]", JsonInString, ScalarToArray)]
    public void Value_with_one_reading_becomes_that(string schema, string value, string expected, params ToolRepairKind[] kinds) =>
        Arguments.AssertRepaired(Arguments.Schema(("v", schema)), $$"""{"v":{{value}}}""", $$"""{"v":{{expected}}}""", kinds);

    [Theory]
    [InlineData(Integer, "\"five\"")]
    [InlineData(Integer, "\"5.5\"")]
    [InlineData(Integer, "\"1,000\"")]
    [InlineData(Integer, "\"1_000\"")]
    [InlineData(Integer, "\"+5\"")]
    [InlineData(Integer, "\"05\"")]
    [InlineData(Integer, "\"0x5\"")]
    [InlineData(Integer, "\"\"")]
    [InlineData(Integer, "\"5 km\"")]
    [InlineData(Integer, "\"[5]\"")]
    [InlineData(Integer, "[5]")]
    [InlineData(Integer, "true")]
    [InlineData(Integer, "5.5")]
    [InlineData("""{"type":"number"}""", "\"NaN\"")]
    [InlineData("""{"type":"boolean"}""", "\"yes\"")]
    [InlineData("""{"type":"boolean"}""", "\"TRUE\"")]
    [InlineData("""{"type":"boolean"}""", "\"1\"")]
    [InlineData("""{"type":"boolean"}""", "1")]
    [InlineData(Text, "5")]
    [InlineData("""{"type":"integer","maximum":3}""", "\"5\"")]
    [InlineData("""{"pattern":"^a"}""", "\"5\"")]
    [InlineData("""{"type":"string","enum":["a"]}""", "\"5\"")]
    [InlineData("""{"enum":["a",5]}""", "\"5 \"")]
    [InlineData(Integers, "null")]
    [InlineData(Integers, "{\"a\":5}")]
    [InlineData(Integers, "\"1, 2\"")]
    [InlineData(Texts, "\"[1, 2]\"")]
    [InlineData(Texts, "\"[urgent]\"")]
    [InlineData(Point, "\"[]\"")]
    [InlineData(Point, "\"{\"")]
    [InlineData(Point, "{\"y\":1}")]
    // Two readings each.
    [InlineData("""{"type":["integer","array"]}""", "\"5\"")]
    [InlineData("""{"type":"array"}""", "\"5\"")]
    [InlineData("""{"type":"array","items":{"type":["integer","string"]}}""", "\"5\"")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"array","items":{"type":"integer"}}]}""", "\"5\"")]
    [InlineData("""{"anyOf":[{"type":"array","items":{"type":"integer"}},{"type":"array","items":{"type":"string"}}]}""", "\"5\"")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"b":{"type":"integer"}}}]}""", "{\"a\":\"1\",\"b\":\"2\"}")]
    [InlineData(
        """{"oneOf":[{"properties":{"a":{"type":"integer"},"b":{"type":"integer"}}},{"properties":{"c":{"type":"integer"},"d":{"type":"integer"}}}]}""",
        "{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"4\"}")]
    [InlineData("""{"oneOf":[{"properties":{"a":{"type":"integer"}}},{"required":["b"]},{"required":["c"]}]}""", "{\"a\":\"1\",\"b\":1,\"c\":1}")]
    [InlineData("""{"anyOf":[{"required":["user_id"]},{"required":["user_name"]}]}""", "{\"userId\":1,\"userName\":\"x\"}")]
    public void Value_with_no_or_several_readings_is_refused_as_it_is(string schema, string value) =>
        Arguments.AssertRefused(Arguments.Schema(("v", schema)), $$"""{"v":{{value}}}""");

    [Theory]
    [InlineData(Text, "\"5\"")]
    [InlineData(Text, "\"{\\\"a\\\":1}\"")]
    [InlineData("""{"type":["integer","string"]}""", "\"5\"")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "\"5\"")]
    [InlineData("{}", "\"5\"")]
    [InlineData(Texts, "[\"[]\",\"5\"]")]
    public void Value_that_is_valid_is_never_touched(string schema, string value) =>
        Arguments.AssertUnchanged(Arguments.Schema(("v", schema)), $$"""{"v":{{value}}}""");

    [Fact]
    public void Only_the_places_that_are_wrong_change()
    {
        var schema = Arguments.Schema(("a", Integer), ("b", Text), ("c", """{"type":"array","items":{"type":["integer","string"]}}"""));

        Arguments.AssertRepaired(schema, """{"a":"1","b":"2","c":["3",4.0],"d":"5"}""", """{"a":1,"b":"2","c":["3",4.0],"d":"5"}""", TextToValue);
    }

    [Fact]
    public void One_place_that_cannot_be_repaired_leaves_all_as_they_are() =>
        Arguments.AssertRefused(Arguments.Schema(("a", Integer), ("b", Integer)), """{"a":"1","b":"two"}""");

    [Fact]
    public void Broken_text_with_values_that_stay_wrong_is_refused_for_its_text()
    {
        var schema = Arguments.Schema(("a", Integer));

        Arguments.AssertRefused(schema, """{"a":"one",}""");
        Assert.Contains("not valid JSON", Arguments.Repair(schema, """{"a":"one",}""").Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternative_that_its_discriminator_names_is_repaired() => Arguments.AssertRepaired(
        """
        {"$defs":{"length":{"type":"number"}},"type":"object","properties":{"shape":{"oneOf":[
          {"type":"object","properties":{"kind":{"const":"circle"},"r":{"type":"number"}},"required":["kind","r"]},
          {"type":"object","properties":{"kind":{"const":"box"},"w":{"type":"number"},"h":{"$ref":"#/$defs/length"}},"required":["kind","w","h"]}]}}}
        """,
        """{"shape":{"kind":"box","W":"2","h":"3"}}""",
        """{"shape":{"kind":"box","w":2,"h":3}}""",
        Renamed,
        TextToValue,
        TextToValue);

    [Theory]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    [InlineData("http://json-schema.org/draft-07/schema#")]
    public void Alternative_that_is_defined_elsewhere_is_repaired(string draft) => Arguments.AssertRepaired(
        $$$$"""
        {"$schema":"{{{{draft}}}}","type":"object","properties":{"v":{"anyOf":[{"$ref":"#/definitions/point"},{"type":"null"}]}},
         "definitions":{"point":{"type":"object","properties":{"x":{"$ref":"#/definitions/number"}},"required":["x"]},"number":{"type":"integer"}}}
        """,
        """{"v":{"X":"1"}}""",
        """{"v":{"x":1}}""",
        Renamed,
        TextToValue);

    [Fact]
    public void Null_that_means_not_given_is_removed_with_the_other_repairs_and_without_them()
    {
        var schema = Arguments.Schema(("a", Integer), ("b", Text));

        Arguments.AssertRepaired(schema, """{"a":"1","b":null}""", """{"a":1}""", NullOmitted, TextToValue);
        var repair = Assert.Single(Arguments.Repair(schema, """{"a":1,"b":null}""", repairs: false).Repairs);
        Assert.Equal((NullOmitted, "/b"), (repair.Kind, repair.Pointer));
        Arguments.AssertRefused(schema, """{"a":null}""");
    }

    [Fact]
    public void Repairs_name_their_places_and_shorten_values()
    {
        var schema = Arguments.Schema(("list", """{"type":"array","items":{"type":"object","properties":{"a/b":{"type":"number"}}}}"""));

        var repair = Assert.Single(Arguments.Repair(schema, $$"""{"list":[{},{"a/b":"{{new string('7', 500)}}"}]}""").Repairs);

        Assert.Equal("/list/1/a~1b", repair.Pointer);
        Assert.InRange(repair.Message.Length, 1, 120);
    }

    [Fact]
    public void What_was_within_a_string_obeys_the_rules_for_all_arguments()
    {
        var schema = Arguments.Schema(("v", Point));

        Arguments.AssertRefused(schema, """{"v":"{\"x\":1,\"s\":\"\\u0007\"}"}""");
        Arguments.AssertRefused(schema, """{"v":"{\"x\":1,\"s\":\"\\ud800\"}"}""");
        Arguments.AssertRefused(schema, """{"v":"{\"x\":1,\"\\ud800\":\"1\"}"}""");
        Arguments.AssertRefused(schema, """{"v":"{\"x\":1,\"x\":1}"}""");
        Arguments.AssertRefused(schema, $$"""{"v":"{\"x\":1,\"d\":{{new string('[', 63)}}{{new string(']', 63)}}}"}""");
        Assert.Null(Arguments.Repair(schema, $$"""{"v":"{\"x\":1,\"d\":{{new string('[', 62)}}{{new string(']', 62)}}}"}""").Error);
    }
}

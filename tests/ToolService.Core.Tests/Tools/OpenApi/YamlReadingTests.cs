using System.Text.Json;
using ToolService.Core.Tools.OpenApi;
using ToolService.Core.Tools.OpenApi.Reading;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class YamlReadingTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("TRUE", "true")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("Off", "\"Off\"")]
    [InlineData("tRuE", "\"tRuE\"")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("Null", "null")]
    [InlineData("'null'", "\"null\"")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("12", "12")]
    [InlineData("-0", "-0")]
    [InlineData("+12", "12")]
    [InlineData("012", "12")]
    [InlineData("0o17", "15")]
    [InlineData("0xFF", "255")]
    [InlineData("0b1", "\"0b1\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("1.50", "1.50")]
    [InlineData(".5", "0.5")]
    [InlineData("5.", "5")]
    [InlineData("1e3", "1e3")]
    [InlineData("-1.5E-7", "-1.5E-7")]
    [InlineData(".", "\".\"")]
    [InlineData(".inf", "\".inf\"")]
    [InlineData("-.INF", "\"-.INF\"")]
    [InlineData(".nan", "\".nan\"")]
    [InlineData("3.0.1", "\"3.0.1\"")]
    [InlineData("2001-12-14", "\"2001-12-14\"")]
    [InlineData("2001-12-14T21:59:43Z", "\"2001-12-14T21:59:43Z\"")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("! 12", "\"12\"")]
    [InlineData("!!float 1", "1")]
    [InlineData("!!int 7", "7")]
    [InlineData("!!null ''", "null")]
    [InlineData("|\n  a\n  b\n", "\"a\\nb\\n\"")]
    [InlineData(">-\n  a\n  b\n", "\"a b\"")]
    [InlineData("!!map {a: 1}", "{\"a\":1}")]
    [InlineData("[a, {b: c}, 1]", "[\"a\",{\"b\":\"c\"},1]")]
    public void Scalar_means_what_the_core_schema_says(string yaml, string json) => AssertReads($"x: {yaml}", $$"""{"x":{{json}}}""");

    [Theory]
    [InlineData("200: a\ntrue: b\n~: c\n'': d", """{"200":"a","true":"b","~":"c","":"d"}""")]
    [InlineData("? a\n: 1", """{"a":1}""")]
    public void Name_is_the_text_that_is_written(string yaml, string json) => AssertReads(yaml, json);

    [Theory]
    [InlineData("a: &x {p: 1}\nb: *x\nc: [*x, *x]", """{"a":{"p":1},"b":{"p":1},"c":[{"p":1},{"p":1}]}""")]
    [InlineData("- &x 1\n- *x\n- &x 2\n- *x", "[1,1,2,2]")]
    [InlineData("a: [1, &x [2, &y 3]]\nb: [*y, *x]", """{"a":[1,[2,3]],"b":[3,[2,3]]}""")]
    [InlineData("a: &x\nb: *x", """{"a":null,"b":null}""")]
    public void Alias_is_what_its_anchor_was_last(string yaml, string json) => AssertReads(yaml, json);

    [Theory]
    [InlineData("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3", """{"a":{"p":1,"q":2},"b":{"q":3,"p":1}}""")]
    [InlineData("a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc: {<<: [*x, *y]}", """{"a":{"p":1},"b":{"p":2,"q":2},"c":{"p":1,"q":2}}""")]
    [InlineData("a: &x {p: 1}\nb: &y {<<: *x, q: 2}\nc: [*y]", """{"a":{"p":1},"b":{"q":2,"p":1},"c":[{"q":2,"p":1}]}""")]
    [InlineData("'<<': 1", """{"<<":1}""")]
    public void Merge_key_adds_the_members_that_are_not_there(string yaml, string json) => AssertReads(yaml, json);

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", "'a' stands twice in the same mapping. (at line 3)")]
    [InlineData("x:\n  - {b: 1, \"b\": 2}", "'b' stands twice in the same mapping. (at line 2)")]
    [InlineData("a: 1\n---\nb: 2", "There is a second YAML document; an import takes one. (at line 2)")]
    [InlineData("a: *x", "'*x' has no anchor '&x' before it. (at line 1)")]
    [InlineData("a: &x\n  - *x", "'*x' stands inside what it stands for. (at line 2)")]
    [InlineData("[a, b]: 1", "A name must be a plain or quoted string here, no list, mapping or alias. (at line 1)")]
    [InlineData("a: 1\nb: !custom 2", "2 is not what its tag says, or no text. (at line 2)")]
    [InlineData("a: !!int 1.5", "1.5 is not what its tag says, or no text. (at line 1)")]
    [InlineData("a: !custom [1]", "The tag '!custom' has no meaning in JSON; remove it. (at line 1)")]
    [InlineData("a: &x 1\nb: {<<: *x}", "What '<<' merges must be a mapping. (at line 2)")]
    [InlineData("b: {<<: {p: 1}}", "What '<<' merges must be an alias or a list of aliases. (at line 1)")]
    [InlineData("# nothing", "The document is empty.")]
    [InlineData("  \n", "The document is empty.")]
    public void Document_without_a_meaning_in_json_is_refused_with_its_line(string yaml, string message) => Assert.Equal(message, Fault(yaml));

    [Theory]
    [InlineData("a: [1, 2\nb: 3")]
    [InlineData("a: 'x")]
    [InlineData("a: b: c")]
    [InlineData("a:\n\t- 1")]
    [InlineData("a: @x")]
    [InlineData("%YAML 9.9\n---\na: 1")]
    public void Malformed_yaml_is_refused_with_its_line(string yaml) =>
        Assert.Matches(@"^The document is no valid YAML.* \(at line \d+( or after)?\)$", Fault(yaml));

    [Theory]
    [InlineData("[", "nests deeper than 256 levels")]
    [InlineData("{a: ", "nests deeper than 256 levels")]
    [InlineData("- ", "nests deeper than 256 levels")]
    [InlineData("? ", "A name must be")]
    public void Deep_nesting_is_refused(string opening, string message) =>
        Assert.Contains(message, Fault("a: 1\nb:\n  " + string.Concat(Enumerable.Repeat(opening, 500_000))), StringComparison.Ordinal);

    [Fact]
    public void Aliases_that_multiply_are_refused()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range('b', 20).Select(name =>
            $"{(char)name}: &{(char)name} [{string.Join(',', Enumerable.Repeat($"*{(char)(name - 1)}", 10))}]\n"));

        Assert.Matches("^The document has more than 1000000 names and values", Fault(bomb));
    }

    [Fact]
    public void Aliases_that_add_too_much_are_refused() => Assert.Matches(
        "^Aliases add more than 10000000 bytes to the document",
        Fault($"a: &a {new string('x', 1_000_000)}\n" + string.Concat(Enumerable.Range(0, 11).Select(i => $"b{i}: *a\n"))));

    [Fact]
    public void Aliases_that_nest_are_refused()
    {
        var nested = "a0: &a0 []\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"a{i}: &a{i} [*a{i - 1}]\n"));

        Assert.Matches("^With its aliases the document nests deeper than 256 levels", Fault(nested));
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        OpenApiDocument.Read("a: 1", cancellationToken: new CancellationToken(canceled: true)));

    private static JsonElement Read(string text) => DocumentText.Read(text, OpenApiLimits.MaxBytes, TestContext.Current.CancellationToken);

    private static void AssertReads(string yaml, string json) => Assert.Equal(json, Read(yaml).GetRawText());

    private static string Fault(string yaml) => Assert.Throws<OpenApiException>(() => Read(yaml)).Message;
}

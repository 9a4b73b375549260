using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class SchemaErrorTextTests
{
    [Fact]
    public void Summary_has_a_line_per_error()
    {
        var errors = Json.Validate(
            """{"properties":{"expression":{"type":"string"}},"required":["expression","digits"],"additionalProperties":false}""", """{"expression":5,"digit":2}""");

        Assert.Equal(
            """
            - the property 'digits' is required and missing; is 'digit' meant?
            - /expression: must be a string, got the number 5
            - /digit: unknown property 'digit'; allowed are expression
            """,
            SchemaErrorText.Summarize(errors),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Summary_is_bounded()
    {
        var errors = Enumerable.Range(0, 25).Select(i => new SchemaError($"/{i}", "type", "must be a string", "/items/type")).ToList();

        var lines = SchemaErrorText.Summarize(errors).Split('\n');

        Assert.Equal(11, lines.Length);
        Assert.Equal("- and 15 more errors", lines[^1]);
    }

    [Fact]
    public void Summary_counts_the_errors_that_the_list_only_counts()
    {
        var errors = Json.Validate("""{"items":{"type":"integer"}}""", $"[{string.Join(',', Enumerable.Repeat("\"a\"", 10_000))}]");

        Assert.EndsWith("\n- and 9990 more errors", SchemaErrorText.Summarize(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Name_of_a_property_takes_one_line_and_not_a_long_one()
    {
        var errors = Json.Validate("""{"additionalProperties":{"type":"integer"}}""", $$"""{"a\n- b":"x","{{new string('k', 100_000)}}":"x"}""");

        var lines = SchemaErrorText.Summarize(errors).Split('\n');

        Assert.Equal("- /a - b: must be an integer, got the string \"x\"", lines[0]);
        Assert.Equal((2, true), (lines.Length, lines[1].Length < 300));
    }

    [Fact]
    public void Summary_of_no_errors_is_empty() => Assert.Equal("", SchemaErrorText.Summarize([]));
}

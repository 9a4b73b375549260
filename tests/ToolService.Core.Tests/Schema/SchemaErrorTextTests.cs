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
    public void Summary_of_no_errors_is_empty() => Assert.Equal("", SchemaErrorText.Summarize([]));
}

using System.Text.Json;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Tests.Models;

public class StrictFormTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{},"required":[],"additionalProperties":false}""", true)]
    [InlineData("""{"type":"object","properties":{},"additionalProperties":false}""", false)]
    [InlineData("""{"type":["object","null"],"properties":{},"required":[],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{"type":["string","null"],"enum":["a",null]}},"required":["x"],"additionalProperties":false}""", true)]
    [InlineData("""{"type":"object","properties":{"x":{"type":"array","items":{"anyOf":[{"type":"integer"},{"type":"null"}]}}},"required":["x"],"additionalProperties":false}""", true)]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string"}},"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string"}},"required":["x"]}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string"}},"required":["x","y"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{"type":"object"}},"required":["x"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{"type":"array"}},"required":["x"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{"type":"string","minLength":1}},"required":["x"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{}},"required":["x"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":true},"required":["x"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":{"x":{"$ref":"#"}},"required":["x"],"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","anyOf":[],"properties":{},"additionalProperties":false}""", false)]
    [InlineData("""{"type":"object","properties":[],"required":3,"additionalProperties":false}""", false)]
    [InlineData("{}", false)]
    [InlineData("true", false)]
    public void Schema_is_strict_only_where_that_is_certain(string schema, bool isStrict) =>
        Assert.Equal(isStrict, StrictForm.IsObject(JsonElement.Parse(schema)));

    [Fact]
    public void Deep_schema_is_not_strict()
    {
        var schema = """{"type":"string"}""";
        for (var depth = 0; depth < 6; depth++)
            schema = Holding(schema);

        Assert.False(StrictForm.IsObject(JsonElement.Parse(schema)));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(600, false)]
    public void Schema_with_many_values_is_not_strict(int values, bool isStrict)
    {
        var schema = Holding($$"""{"type":"integer","enum":[{{string.Join(',', Enumerable.Range(0, values))}}]}""");

        Assert.Equal(isStrict, StrictForm.IsObject(JsonElement.Parse(schema)));
    }

    private static string Holding(string schema) =>
        $$"""{"type":"object","properties":{"x":{{schema}}},"required":["x"],"additionalProperties":false}""";
}

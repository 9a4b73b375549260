using System.Text.Json;
using ToolService.Core.Execution.Repair;
using ToolService.Core.Tests.Tools;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Execution.Repair;

public class OptionalNullsTests
{
    private static readonly JsonElement Schema = JsonElement.Parse(
        """
        {
          "type": "object",
          "properties": {
            "needed": {"type": "string"},
            "plain": {"type": "string"},
            "nullable": {"type": ["string", "null"]},
            "choice": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "one": {"enum": ["a"]},
            "any": true,
            "inner": {"anyOf": [{"$ref": "#/$defs/inner"}, {"type": "null"}]},
            "list": {"type": "array", "items": {"$ref": "#/$defs/inner"}},
            "loop": {"$ref": "#/$defs/loop"}
          },
          "required": ["needed"],
          "$defs": {
            "inner": {"type": "object", "properties": {"x": {"type": "integer"}, "next": {"$ref": "#/$defs/inner"}}},
            "loop": {"$ref": "#/$defs/loop"}
          }
        }
        """);

    [Theory]
    [InlineData("""{"plain":null,"needed":"a"}""", """{"needed":"a"}""")]
    [InlineData("""{"one":null}""", "{}")]
    [InlineData("""{"inner":{"x":null,"next":{"x":1,"next":null}}}""", """{"inner":{"next":{"x":1}}}""")]
    [InlineData("""{"list":[{"x":null},{"x":2}]}""", """{"list":[{},{"x":2}]}""")]
    public void Null_that_means_not_given_is_removed(string arguments, string expected) => Assert.Equal(expected, Remove(arguments));

    [Theory]
    [InlineData("""{"needed": null}""")]
    [InlineData("""{"nullable": null}""")]
    [InlineData("""{"choice": null}""")]
    [InlineData("""{"any": null}""")]
    [InlineData("""{"inner": null}""")]
    [InlineData("""{"loop": null}""")]
    [InlineData("""{"unknown": null}""")]
    [InlineData("""{"list": [null]}""")]
    [InlineData("""{"plain": {"x": null}}""")]
    [InlineData("""{"plain": "null"}""")]
    [InlineData("[null]")]
    public void Any_other_null_stays_for_the_schema_to_judge(string arguments) => Assert.Equal(arguments, Remove(arguments));

    [Fact]
    public void Arguments_for_a_methods_strict_form_become_those_that_it_takes()
    {
        var tool = ToolFactory.FromObject(new SampleTools(), "test").Single(tool => tool.Name == "sample_weather");
        var names = StrictSchema.TryCreate(tool.InputSchema)!["required"]!.AsArray().Select(name => (string)name!);
        Assert.Contains("forecast_days", names);

        var arguments = JsonElement.Parse("""{"place": {"latitude": 1, "longitude": 2, "place_name": null}, "shown_as": null, "forecast_days": null}""");

        Assert.Equal(
            """{"place":{"latitude":1,"longitude":2,"place_name":null}}""", OptionalNulls.Remove(arguments, tool.InputSchema, []).GetRawText());
    }

    private static string Remove(string arguments) => OptionalNulls.Remove(JsonElement.Parse(arguments), Schema, []).GetRawText();
}

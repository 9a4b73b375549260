using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolFactorySchemaTests
{
    [Fact]
    public void Schema_has_every_parameter_that_the_model_gives_and_no_other() => AssertSchema(
        """
        {
          "type": "object",
          "properties": {
            "place": {
              "description": "Where.",
              "type": "object",
              "properties": {
                "latitude": {"type": "number", "minimum": -90, "maximum": 90},
                "longitude": {"type": "number"},
                "place_name": {"type": ["string", "null"], "default": null}
              },
              "required": ["latitude", "longitude"],
              "additionalProperties": false
            },
            "shown_as": {"type": "string", "enum": ["celsius", "degrees_fahrenheit"], "default": "degrees_fahrenheit"},
            "forecast_days": {"type": "integer", "default": 3, "minimum": 1, "maximum": 16},
            "fallback_unit": {"type": ["string", "null"], "enum": ["celsius", "degrees_fahrenheit", null], "default": "celsius"},
            "extra_fields": {"type": ["array", "null"], "items": {"type": "string"}, "default": null}
          },
          "required": ["place"],
          "additionalProperties": false
        }
        """,
        ToolFactory.FromObject(new SampleTools(), "test").Single(tool => tool.Name == "sample_weather"));

    [Fact]
    public void Method_without_parameters_takes_an_empty_object() =>
        AssertSchema("""{"type": "object", "properties": {}, "additionalProperties": false}""", ToolFactory.FromMethod(() => 1, "one"));

    [Fact]
    public void Validation_attributes_become_keywords() => AssertProperties(
        """
        {
          "range": {"type": "integer", "minimum": 1, "maximum": 9},
          "open": {"type": "number", "exclusiveMinimum": 0, "maximum": 1.5},
          "price": {"type": "number", "minimum": 0.01, "exclusiveMaximum": 100},
          "short_text": {"type": "string", "minLength": 1, "maxLength": 5},
          "sized_text": {"type": "string", "minLength": 2, "maxLength": 4},
          "limited": {"type": "string", "maxLength": 7},
          "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
          "code": {"type": "string", "pattern": "^[A-Z]{2}$"},
          "colour": {"type": "string", "enum": ["red", "green"]},
          "maybe": {"type": ["string", "null"], "enum": ["a", null], "default": null}
        }
        """,
        ToolFactory.FromMethod(Validated));

    [Fact]
    public void Recursive_type_is_a_definition() => AssertSchema(
        """
        {
          "type": "object",
          "properties": {"root_node": {"$ref": "#/$defs/root_node", "description": "The root."}},
          "required": ["root_node"],
          "additionalProperties": false,
          "$defs": {
            "root_node": {
              "type": "object",
              "properties": {
                "node_name": {"type": "string"},
                "child_nodes": {"type": ["array", "null"], "items": {"$ref": "#/$defs/root_node"}, "default": null}
              },
              "required": ["node_name"],
              "additionalProperties": false
            }
          }
        }
        """,
        ToolFactory.FromMethod(([Description("The root.")] TreeNode rootNode) => rootNode.NodeName, "walk"));

    [Fact]
    public void Recursive_types_within_recursive_types_have_definitions_of_their_own()
    {
        var schema = JsonNode.Parse(ToolFactory.FromMethod((Outer first, Outer second) => first == second, "walk").InputSchema.GetRawText())!;

        var definitions = schema["$defs"]!.AsObject();
        Assert.Equal(["held", "held_2", "next", "next_2", "parts", "parts_2"], definitions.Select(definition => definition.Key).Order());
        Assert.All(References(schema), reference => Assert.True(definitions.ContainsKey(reference["#/$defs/".Length..]), reference));
        Assert.Equal("""{"$ref":"#/$defs/parts"}""", definitions["parts"]!["items"]!["properties"]!["parts"]!.ToJsonString());
    }

    [Fact]
    public void What_is_within_a_nullable_parameter_is_no_more_nullable_than_it_says()
    {
        var tool = ToolFactory.FromMethod((Named? value = null) => value, "maybe");

        var properties = JsonNode.Parse(tool.InputSchema.GetRawText())!["properties"]!["value"]!["properties"]!;
        Assert.Equal("string", (string?)properties["text"]!["type"]);
        Assert.Equal("""["string","null"]""", properties["note"]!["type"]!.ToJsonString());
    }

    [Fact]
    public void Dictionary_takes_any_name_with_a_value_of_its_type() => AssertProperties(
        """{"word_counts": {"type": "object", "additionalProperties": {"type": "integer"}}}""",
        ToolFactory.FromMethod((Dictionary<string, int> wordCounts) => wordCounts.Count, "count"));

    private static int Validated(
        [Range(1, 9)] int range,
        [Range(0.0, 1.5, MinimumIsExclusive = true)] double open,
        [Range(typeof(decimal), "0.01", "100", MaximumIsExclusive = true)] decimal price,
        [MinLength(1), MaxLength(5)] string shortText,
        [Length(2, 4)] string sizedText,
        [StringLength(7)] string limited,
        [MinLength(1), MaxLength(3)] int[] items,
        [RegularExpression("^[A-Z]{2}$")] string code,
        [AllowedValues("red", "green")] string colour,
        [AllowedValues("a", null)] string? maybe = null) =>
        HashCode.Combine(range, open, price, shortText, sizedText, limited, items, HashCode.Combine(code, colour, maybe));

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject schema => schema.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static void AssertProperties(string expected, Tool tool) =>
        AssertEqual(expected, JsonNode.Parse(tool.InputSchema.GetRawText())!["properties"]!);

    private static void AssertSchema(string expected, Tool tool) => AssertEqual(expected, JsonNode.Parse(tool.InputSchema.GetRawText())!);

    private static void AssertEqual(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Found:\n{actual.ToJsonString()}");

    private sealed record Named(string Text, string? Note);

    private sealed record Outer(Inner Held, Outer? Next = null);

    private sealed record Inner(Inner[] Parts);
}

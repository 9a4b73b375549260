using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class StrictSchemaTests
{
    [Theory]
    [InlineData("""{"type": "string"}""", """{"type": ["string", "null"]}""")]
    [InlineData("""{"type": ["string", "integer"]}""", """{"type": ["string", "integer", "null"]}""")]
    [InlineData("""{"type": ["string", "null"]}""", """{"type": ["string", "null"]}""")]
    [InlineData("""{"type": "string", "enum": ["a", "b"]}""", """{"type": ["string", "null"], "enum": ["a", "b", null]}""")]
    [InlineData("""{"enum": ["a"]}""", """{"type": ["string", "null"], "enum": ["a", null]}""")]
    [InlineData("""{"const": 1}""", """{"anyOf": [{"type": "number", "const": 1}, {"type": "null"}]}""")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "integer"}]}""", """{"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}""")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "null"}]}""", """{"anyOf": [{"type": "string"}, {"type": "null"}]}""")]
    [InlineData("""{"oneOf": [{"type": "string"}, {"type": "null"}]}""", """{"anyOf": [{"type": "string"}, {"type": "null"}]}""")]
    [InlineData("""{"$ref": "#/$defs/d", "description": "x"}""", """{"anyOf": [{"$ref": "#/$defs/d"}, {"type": "null"}]}""")]
    public void Optional_property_takes_null_instead(string property, string expected) => AssertProperty(property, expected, required: false);

    [Theory]
    [InlineData("""{"type": "string", "minLength": 1, "maxLength": 2, "format": "uri", "pattern": "^(?=a)"}""", """{"type": "string"}""")]
    [InlineData("""{"type": "string", "format": "date", "pattern": "^a"}""", """{"type": "string", "format": "date", "pattern": "^a"}""")]
    [InlineData("""{"type": "integer", "minimum": 1, "maximum": 2}""", """{"type": "integer", "minimum": 1, "maximum": 2}""")]
    [InlineData("""{"type": "integer", "description": "How many.", "default": 3}""", """{"type": "integer", "description": "How many. Default: 3."}""")]
    [InlineData("""{"type": "integer", "default": 3}""", """{"type": "integer", "description": "Default: 3."}""")]
    [InlineData("""{"type": ["integer", "null"], "default": null}""", """{"type": ["integer", "null"]}""")]
    [InlineData("""{"type": "array", "items": {"type": "object", "properties": {}}, "minItems": 1, "uniqueItems": true}""",
        """{"type": "array", "items": {"type": "object", "properties": {}, "required": [], "additionalProperties": false}, "minItems": 1}""")]
    [InlineData("""{"type": "object", "additionalProperties": false}""", """{"type": "object", "properties": {}, "required": [], "additionalProperties": false}""")]
    [InlineData("""{"type": "object", "properties": {"a": {"type": "string"}}}""",
        """{"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"], "additionalProperties": false}""")]
    public void Required_property_keeps_what_strict_mode_knows(string property, string expected) => AssertProperty(property, expected, required: true);

    [Theory]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("""{"description": "Anything."}""")]
    [InlineData("""{"type": "object"}""")]
    [InlineData("""{"type": "object", "additionalProperties": true}""")]
    [InlineData("""{"type": "object", "additionalProperties": {"type": "string"}}""")]
    [InlineData("""{"type": "object", "properties": {}, "patternProperties": {"^a": {"type": "string"}}}""")]
    [InlineData("""{"type": "object", "properties": {}, "required": ["a"]}""")]
    [InlineData("""{"type": "array"}""")]
    [InlineData("""{"type": "array", "items": {}}""")]
    [InlineData("""{"type": "array", "prefixItems": [{"type": "string"}]}""")]
    [InlineData("""{"allOf": [{"type": "string"}]}""")]
    [InlineData("""{"type": "string", "not": {"const": "a"}}""")]
    [InlineData("""{"anyOf": [{"type": "string"}, {"type": "object"}]}""")]
    [InlineData("""{"anyOf": [{"type": "string"}], "oneOf": [{"type": "string"}]}""")]
    [InlineData("""{"$ref": "https://example.com/schema"}""")]
    [InlineData("""{"$ref": "#/properties/p"}""")]
    [InlineData("""{"$ref": "#/$defs/d", "minLength": 1, "type": "string"}""")]
    public void Schema_with_a_part_that_cannot_be_strict_is_not(string property) => Assert.Null(Strict(Root(property, required: true)));

    [Theory]
    [InlineData("""{"type": "string"}""")]
    [InlineData("""{"anyOf": [{"type": "object", "properties": {}}]}""")]
    [InlineData("""{"type": "object", "properties": {}, "anyOf": [{"type": "object", "properties": {}}]}""")]
    public void Root_must_be_a_plain_object(string schema) => Assert.Null(Strict(schema));

    [Fact]
    public void Deep_nesting_is_not_strict() =>
        Assert.Null(Strict(Enumerable.Range(0, 11).Aggregate("""{"type": "string"}""", (inner, _) => Root(inner, required: true))));

    [Fact]
    public void Too_many_enum_values_are_not_strict() =>
        Assert.Null(Strict(Root($$"""{"enum": [{{string.Join(',', Enumerable.Range(0, 1001))}}]}""", required: true)));

    [Fact]
    public void Definitions_are_strict_too()
    {
        var strict = Strict(
            """
            {"type": "object", "properties": {"p": {"$ref": "#/$defs/d"}}, "required": ["p"],
             "$defs": {"d": {"type": "object", "properties": {"next": {"$ref": "#/$defs/d"}}}}}
            """);

        Assert.Equal(
            """{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#/$defs/d"},{"type":"null"}]}},"required":["next"],"additionalProperties":false}""",
            strict?["$defs"]?["d"]?.ToJsonString());
    }

    [Fact]
    public void Tools_made_of_methods_are_strict() =>
        Assert.All(ToolFactory.FromObject(new SampleTools(), "test"), tool => Assert.NotNull(StrictSchema.TryCreate(tool.InputSchema)));

    [Fact]
    public void Tool_with_a_recursive_type_is_strict() =>
        Assert.NotNull(StrictSchema.TryCreate(ToolFactory.FromMethod((TreeNode node) => node, "walk").InputSchema));

    private static void AssertProperty(string property, string expected, bool required)
    {
        var actual = Strict(Root(property, required))?["properties"]?["p"];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Found: {actual?.ToJsonString() ?? "no strict form"}");
    }

    private static string Root(string property, bool required) =>
        $$$"""{"type": "object", "properties": {"p": {{{property}}}}, "required": [{{{(required ? "\"p\"" : "")}}}], "additionalProperties": false}""";

    private static JsonObject? Strict(string schema) => StrictSchema.TryCreate(JsonElement.Parse(schema));
}

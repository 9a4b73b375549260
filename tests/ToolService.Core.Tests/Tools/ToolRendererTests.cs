using System.Text.Json;
using System.Text.Json.Nodes;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolRendererTests
{
    private const string Schema =
        """
        {
          "type": "object",
          "properties": {
            "text": {"type": "string", "description": "What to say."},
            "times": {"type": ["integer", "null"], "default": 1},
            "where": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/point"}]},
            "mode": {"enum": ["a", 1, true, null]},
            "exact": {"const": "x"},
            "anything": true,
            "loop": {"$ref": "#/$defs/loop"},
            "lost": {"$ref": "#/$defs/none"}
          },
          "required": ["text"],
          "$defs": {"point": {"type": "object"}, "loop": {"$ref": "#/$defs/loop"}}
        }
        """;

    private static readonly Tool Sample = new(
        new DefinedTool("say", """{"type": "object", "properties": {"text": {"type": "string"}}}"""),
        new ToolPolicy { Idempotent = true },
        "test",
        ["talk"]);

    [Fact]
    public void Formats_have_their_names_on_the_wire() =>
        Assert.Equal(["native", "openai", "openai_responses", "anthropic", "mcp"], SnakeCaseNames<ToolFormat>.All);

    [Fact]
    public void Native_format_has_everything() => AssertRendered(
        ToolFormat.Native,
        """
        {
          "name": "say", "description": "Does say.",
          "parameters": [{"name": "text", "type": "string", "description": "", "required": false}],
          "input_schema": {"type": "object", "properties": {"text": {"type": "string"}}},
          "annotations": {"read_only": false, "idempotent": true, "destructive": false, "open_world": false},
          "tags": ["talk"], "source": "test", "requires_confirmation": true
        }
        """);

    [Fact]
    public void Openai_format_is_a_function_with_parameters() => AssertRendered(
        ToolFormat.Openai,
        """
        {"type": "function", "function": {
          "name": "say", "description": "Does say.", "parameters": {"type": "object", "properties": {"text": {"type": "string"}}}}}
        """);

    [Fact]
    public void Responses_format_is_strict_where_the_schema_can_be() => AssertRendered(
        ToolFormat.OpenaiResponses,
        """
        {
          "type": "function", "name": "say", "description": "Does say.", "strict": true,
          "parameters": {"type": "object", "properties": {"text": {"type": ["string", "null"]}}, "required": ["text"], "additionalProperties": false}
        }
        """);

    [Fact]
    public void Responses_format_keeps_a_schema_that_cannot_be_strict()
    {
        var rendered = JsonNode.Parse(ToolRenderer.Render(DefinedTool.Create("free"), ToolFormat.OpenaiResponses, false).GetRawText())!;

        Assert.False((bool)rendered["strict"]!);
        Assert.Equal("""{"type":"object"}""", rendered["parameters"]!.ToJsonString());
    }

    [Fact]
    public void Anthropic_format_has_an_input_schema() => AssertRendered(
        ToolFormat.Anthropic,
        """{"name": "say", "description": "Does say.", "input_schema": {"type": "object", "properties": {"text": {"type": "string"}}}}""");

    [Fact]
    public void Mcp_format_has_all_hints() => AssertRendered(
        ToolFormat.Mcp,
        """
        {
          "name": "say", "description": "Does say.", "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}},
          "annotations": {"readOnlyHint": false, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false}
        }
        """);

    [Fact]
    public void Parameters_are_listed_with_types_that_people_read()
    {
        var parameters = ParameterList.Of(JsonElement.Parse(Schema));

        Assert.Equal(
            [
                "text: string!", "times: integer|null", "where: string|object", "mode: string|number|boolean|null",
                "exact: string", "anything: any", "loop: any", "lost: any",
            ],
            parameters.Select(parameter => $"{parameter!["name"]}: {parameter["type"]}{((bool)parameter["required"]! ? "!" : "")}"));
        Assert.Equal("What to say.", (string?)parameters[0]!["description"]);
    }

    [Fact]
    public void Tool_without_properties_lists_no_parameters() =>
        Assert.Equal(0, ToolRenderer.Render(DefinedTool.Create("none"), ToolFormat.Native, false).GetProperty("parameters").GetArrayLength());

    [Fact]
    public void Confirmation_is_shown_as_asked_each_time()
    {
        Assert.True(ToolRenderer.Render(Sample, ToolFormat.Native, true).GetProperty("requires_confirmation").GetBoolean());
        Assert.False(ToolRenderer.Render(Sample, ToolFormat.Native, false).GetProperty("requires_confirmation").GetBoolean());
    }

    [Fact]
    public void Unknown_format_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ToolRenderer.Render(Sample, (ToolFormat)99, false));

    private static void AssertRendered(ToolFormat format, string expected)
    {
        var rendered = ToolRenderer.Render(Sample, format, requiresConfirmation: true);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), rendered), $"Found:\n{rendered}");
    }
}

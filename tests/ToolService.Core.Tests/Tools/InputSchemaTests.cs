using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class InputSchemaTests
{
    [Fact]
    public void Standard_schema_is_kept_as_it_is()
    {
        var function = new DefinedTool("plain", """{"type":"object","properties":{"a":{"type":"string"}}}""");

        var tool = new Tool(function);

        Assert.Empty(tool.SchemaChanges);
        Assert.Same(function, tool.Function);
        Assert.Equal<object>(function.JsonSchema, tool.InputSchema);
    }

    [Theory]
    [InlineData("null", """{"type":"object","properties":{}}""", "")]
    [InlineData("{}", """{"type":"object","properties":{}}""", "/type")]
    [InlineData("""{"type":["object","null"]}""", """{"type":"object"}""", "/type")]
    [InlineData("""{"type":"object","nullable":true}""", """{"type":"object"}""", "/nullable", "/type")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"object"}}}""", """{"type":"object","$ref":"#/$defs/a","$defs":{"a":{"type":"object"}},"properties":{}}""", "/type")]
    [InlineData(
        """{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","definitions":{"a":{"type":"object"}}}""",
        """{"type":"object","$schema":"http://json-schema.org/draft-07/schema#","definitions":{"a":{"type":"object"}},"allOf":[{"$ref":"#/definitions/a"}],"properties":{}}""",
        "/$ref", "/type")]
    public void Arguments_are_always_an_object(string declared, string enforced, params string[] pointers)
    {
        var tool = DefinedTool.Create("odd", declared);

        Assert.Equal(enforced, JsonSerializer.Serialize(tool.InputSchema));
        Assert.Equal(pointers, tool.SchemaChanges.Select(change => change.Pointer));
        Assert.Empty(InputSchema.Normalize(tool.InputSchema).Changes);
    }

    [Theory]
    [InlineData("""{"type":"array","items":true}""", "make the value a property")]
    [InlineData("""{"type":["STRING","null"]}""", "make the value a property")]
    [InlineData("""{"type":"objct"}""", "did you mean 'object'?")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"file"}}}""", "carries no files")]
    [InlineData("[]", "must be a JSON object")]
    public void Schema_without_a_meaning_is_refused_with_the_tools_name(string schema, string reason)
    {
        var message = Assert.Throws<ToolDefinitionException>(() => DefinedTool.Create("odd", schema)).Message;

        Assert.Contains("'odd'", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_are_shown_what_is_enforced()
    {
        var tool = DefinedTool.Create("odd", """{"type":"dict","properties":{"n":{"type":"float"}}}""");

        AIFunctionDeclaration shown = tool.Function;

        Assert.Equal("""{"type":"object","properties":{"n":{"type":"number"}}}""", JsonSerializer.Serialize(shown.JsonSchema));
        Assert.Equal(("odd", "Does odd."), (shown.Name, shown.Description));
        Assert.Equal(tool.SchemaChanges, tool.With(new ToolPolicy { ReadOnly = true }).SchemaChanges);
    }

    [Fact]
    public void Same_meaning_written_otherwise_is_the_same_definition() => Assert.Equal(
        DefinedTool.Create("a", """{"type":"object"}""").DefinitionHash,
        DefinedTool.Create("a", """{"type":"OBJECT"}""").DefinitionHash);

    [Fact]
    public void Changes_stand_in_the_services_own_form_only()
    {
        var changed = DefinedTool.Create("odd", """{"type":"dict"}""");

        Assert.Equal(
            """[{"pointer":"/type","message":"\"dict\" is taken as \"object\"."}]""",
            ToolRenderer.Render(changed, ToolFormat.Native, false).GetProperty("schema_changes").GetRawText());
        Assert.False(ToolRenderer.Render(changed, ToolFormat.Mcp, false).TryGetProperty("schema_changes", out _));
        Assert.False(ToolRenderer.Render(DefinedTool.Create("even"), ToolFormat.Native, false).TryGetProperty("schema_changes", out _));
    }
}

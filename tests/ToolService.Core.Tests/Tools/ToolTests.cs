using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Core.Tests.Tools;

public class ToolTests
{
    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("dot.ted")]
    [InlineData("newline\n")]
    [InlineData("größe")]
    [InlineData("a23456789_123456789_123456789_123456789_123456789_123456789_12345")]
    public void Name_that_a_provider_refuses_is_refused(string name) =>
        AssertRefused("1 to 64", () => DefinedTool.Create(name));

    [Theory]
    [InlineData("call")]
    [InlineData("REGISTER")]
    [InlineData("history")]
    public void Reserved_name_is_refused(string name) =>
        AssertRefused("reserved", () => DefinedTool.Create(name));

    [Fact]
    public void Schema_that_is_not_an_object_is_refused() =>
        AssertRefused("must be a JSON object", () => DefinedTool.Create("open", "true"));

    [Theory]
    [InlineData("""{"type":"object","requierd":["a"]}""", "did you mean 'required'?")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","dependentRequired":{"a":["b"]}}""", "not of draft-07")]
    public void Schema_that_looks_stricter_than_it_is_is_refused(string schema, string reason) =>
        AssertRefused(reason, () => DefinedTool.Create("open", schema));

    [Fact]
    public void Schema_with_keywords_of_other_systems_is_accepted_and_lists_them() => Assert.Equal(
        [("/widget", "'widget' is no keyword of JSON Schema: ignored.")],
        DefinedTool.Create("open", """{"type":"object","widget":{},"x-order":1}""").SchemaChanges.Select(change => (change.Pointer, change.Message)));

    [Fact]
    public void Formats_are_enforced_where_the_policy_says_so()
    {
        var tool = DefinedTool.Create("book", """{"type":"object","properties":{"day":{"type":"string","format":"date"}}}""");
        var arguments = JsonElement.Parse("""{"day":"tomorrow"}""");

        Assert.True(tool.Schema.IsValid(arguments));
        Assert.False(tool.With(tool.Policy with { AssertFormats = true }).Schema.IsValid(arguments));
    }

    [Fact]
    public void Formats_of_all_tools_are_enforced_where_the_operator_says_so_but_for_those_excepted()
    {
        var tools = new ToolsOptions { AssertFormats = true, Policies = { ["free"] = new ToolPolicyOptions { AssertFormats = false } } };

        Assert.True(tools.Apply(DefinedTool.Create("book")).Policy.AssertFormats);
        Assert.False(tools.Apply(DefinedTool.Create("free")).Policy.AssertFormats);
    }

    [Fact]
    public void Limits_and_confirmation_leave_the_definition_as_it_is()
    {
        var tool = DefinedTool.Create("same");

        var changed = tool.With(new ToolPolicy { RequiresConfirmation = true, Timeout = TimeSpan.FromSeconds(1), MaxParallel = 1 });

        Assert.True(changed.Policy.RequiresConfirmation);
        Assert.Equal((tool.Name, tool.Source, tool.DefinitionHash), (changed.Name, changed.Source, changed.DefinitionHash));
        Assert.Same(tool.Schema, changed.Schema);
    }

    [Fact]
    public void Definition_hash_depends_on_what_the_policy_says_the_tool_does()
    {
        var tool = DefinedTool.Create("one");

        Assert.NotEqual(tool.DefinitionHash, tool.With(new ToolPolicy { Destructive = true }).DefinitionHash);
    }

    [Fact]
    public void Definition_hash_depends_on_the_schema() => Assert.NotEqual(
        DefinedTool.Create("one").DefinitionHash,
        DefinedTool.Create("one", """{"type": "object", "required": ["x"]}""").DefinitionHash);

    private static void AssertRefused(string reason, Func<object> make) =>
        Assert.Contains(reason, Assert.Throws<ToolDefinitionException>(make).Message, StringComparison.Ordinal);
}

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

    [Fact]
    public void Another_policy_leaves_the_definition_as_it_is()
    {
        var tool = DefinedTool.Create("same");

        var changed = tool.With(new ToolPolicy { ReadOnly = true });

        Assert.True(changed.Policy.ReadOnly);
        Assert.Equal((tool.Name, tool.Source, tool.DefinitionHash), (changed.Name, changed.Source, changed.DefinitionHash));
        Assert.Same(tool.Schema, changed.Schema);
    }

    [Fact]
    public void Definition_hash_depends_on_the_schema() => Assert.NotEqual(
        DefinedTool.Create("one").DefinitionHash,
        DefinedTool.Create("one", """{"type": "object", "required": ["x"]}""").DefinitionHash);

    private static void AssertRefused(string reason, Func<object> make) =>
        Assert.Contains(reason, Assert.Throws<ToolDefinitionException>(make).Message, StringComparison.Ordinal);
}

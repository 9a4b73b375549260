using static ToolService.Core.Tests.Schema.Normalization.NormalizeAssert;

namespace ToolService.Core.Tests.Schema.Normalization;

public class RequiredRuleTests
{
    [Fact]
    public void Flags_of_properties_become_the_objects_list() => Becomes(
        """{"type":"object","properties":{"a":{"type":"string","required":true},"b":{"required":false},"c":{"optional":false},"d":{"optional":"True"},"e\"":{"required":"true"}},"required":["z"]}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{},"c":{},"d":{},"e\"":{}},"required":["z","a","c","e\""]}""",
        "/properties/a/required", "/properties/b/required", "/properties/c/optional", "/properties/d/optional", "/properties/e\"/required");

    [Fact]
    public void Name_that_is_listed_already_is_not_listed_twice() => Becomes(
        """{"type":"object","properties":{"a":{"required":true}},"required":["a"]}""",
        """{"type":"object","properties":{"a":{}},"required":["a"]}""",
        "/properties/a/required");

    [Fact]
    public void Flag_and_the_propertys_own_list_are_told_apart() => Becomes(
        """{"type":"object","properties":{"a":{"type":"object","required":["x"],"optional":true}}}""",
        """{"type":"object","properties":{"a":{"type":"object","required":["x"]}}}""",
        "/properties/a/optional");

    [Fact]
    public void List_of_optional_names_says_nothing() =>
        Becomes("""{"type":"object","required":["a"],"optional":["b"]}""", """{"type":"object","required":["a"]}""", "/optional");

    [Theory]
    [InlineData("""{"properties":{"a":{"optional":true}},"required":["a"]}""", "/properties/a/optional")]
    [InlineData("""{"properties":{"a":{"required":false}},"required":["a"]}""", "/properties/a/required")]
    [InlineData("""{"properties":{"a":{"required":true,"optional":true}}}""", "/properties/a/optional")]
    [InlineData("""{"required":["a"],"optional":["a"]}""", "/optional")]
    public void Contradiction_is_refused(string schema, string pointer) => Refuses(schema, pointer, "'a' optional", "remove one");

    [Fact]
    public void Properties_called_required_or_optional_are_just_properties() =>
        Stays("""{"type":"object","properties":{"required":{"type":"boolean"},"optional":{"type":"boolean"},"nullable":true,"type":{"type":"string"}}}""");

    [Fact]
    public void Flag_that_belongs_to_no_property_is_left_for_the_compiler() =>
        Assert.Equal("/items/required", Json.Refuse("""{"items":{"required":true}}""").Pointer);
}

using ToolService.Core.Execution.Repair;

namespace ToolService.Core.Tests.Execution.Repair;

public class NameRepairTests
{
    private const string Schema = """{"type":"object","properties":{"user_name":{"type":"string"},"age":{"type":"integer"}},"required":["user_name"]}""";

    [Theory]
    [InlineData("userName")]
    [InlineData("UserName")]
    [InlineData("user-name")]
    [InlineData("USER NAME")]
    [InlineData("user.name")]
    [InlineData("username")]
    public void Name_that_differs_in_case_or_separators_is_taken_for_the_required_one(string name) =>
        Arguments.AssertRepaired(Schema, $$"""{"{{name}}":"x","age":1}""", """{"user_name":"x","age":1}""", ToolRepairKind.Renamed);

    [Theory]
    [InlineData("""{"user_nam":"x"}""")]
    [InlineData("""{"userName":"x","UserName":"x"}""")]
    [InlineData("""{"Age":1}""")]
    [InlineData("""{"":"x"}""")]
    public void Any_other_name_is_not(string arguments) => Arguments.AssertRefused(Schema, arguments);

    [Theory]
    [InlineData("""{"Age":1,"user_name":"x"}""")]
    [InlineData("""{"userName":"y","user_name":"x"}""")]
    public void Extra_name_where_nothing_is_missing_stays(string arguments) => Arguments.AssertUnchanged(Schema, arguments);

    [Fact]
    public void Name_that_is_declared_itself_is_not_taken_for_another() => Arguments.AssertRefused(
        """{"type":"object","properties":{"user_name":{"type":"string"},"userName":{"type":"string"}},"required":["user_name"]}""", """{"userName":"x"}""");

    [Fact]
    public void Name_between_two_declared_ones_is_taken_for_neither() => Arguments.AssertRefused(
        """{"type":"object","properties":{"user_name":{"type":"string"},"user-name":{"type":"string"}},"required":["user_name"]}""", """{"UserName":"x"}""");

    [Fact]
    public void Name_that_a_pattern_may_mean_is_not_taken_for_another() => Arguments.AssertRefused(
        """{"type":"object","patternProperties":{"^[A-Z]":{}},"required":["user_name"]}""", """{"UserName":"x"}""");

    [Fact]
    public void Names_in_nested_objects_are_repaired_in_place() => Arguments.AssertRepaired(
        """{"type":"object","properties":{"list":{"type":"array","items":{"$ref":"#/$defs/p"}}},"$defs":{"p":{"type":"object","properties":{"place_id":{"type":"integer"}},"required":["place_id"],"additionalProperties":false}}}""",
        """{"list":[{"place_id":1},{"placeId":"2"}]}""",
        """{"list":[{"place_id":1},{"place_id":2}]}""",
        ToolRepairKind.Renamed,
        ToolRepairKind.TextToValue);

    [Theory]
    [InlineData("arguments")]
    [InlineData("parameters")]
    [InlineData("args")]
    [InlineData("params")]
    [InlineData("input")]
    public void Object_around_the_arguments_is_taken_off(string wrapper) =>
        Arguments.AssertRepaired(Schema, $$$"""{"{{{wrapper}}}":{"user_name":"x"}}""", """{"user_name":"x"}""", ToolRepairKind.Unwrapped);

    [Fact]
    public void Tool_name_may_stand_beside_the_arguments() =>
        Arguments.AssertRepaired(Schema, """{"name":"book_flight","arguments":{"user_name":"x"}}""", """{"user_name":"x"}""", ToolRepairKind.Unwrapped);

    [Fact]
    public void Arguments_within_may_be_nearly_right_too() => Arguments.AssertRepaired(
        Schema,
        """{"arguments":"{'UserName': 'x', 'age': '3'}"}""",
        """{"user_name":"x","age":3}""",
        ToolRepairKind.Unwrapped,
        ToolRepairKind.JsonInString,
        ToolRepairKind.SingleQuotes,
        ToolRepairKind.Renamed,
        ToolRepairKind.TextToValue);

    [Theory]
    [InlineData("""{"arguments":{"user_name":"x"},"age":1}""")]
    [InlineData("""{"name":"other_tool","arguments":{"user_name":"x"}}""")]
    [InlineData("""{"data":{"user_name":"x"}}""")]
    [InlineData("""{"arguments":[{"user_name":"x"}]}""")]
    [InlineData("""{"arguments":{"age":1}}""")]
    public void Object_around_that_is_not_alone_or_holds_something_else_stays(string arguments) => Arguments.AssertRefused(Schema, arguments);

    [Fact]
    public void Wrapper_that_the_schema_knows_is_no_wrapper()
    {
        const string Schema = """{"type":"object","properties":{"input":{"type":"object"},"user_name":{"type":"string"}},"required":["user_name"]}""";

        Arguments.AssertRefused(Schema, """{"input":{"user_name":"x"}}""");
        Arguments.AssertUnchanged("""{"type":"object"}""", """{"arguments":{"user_name":"x"}}""");
    }
}

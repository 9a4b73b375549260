using ToolService.Core.Schema.Normalization;
using static ToolService.Core.Tests.Schema.Normalization.NormalizeAssert;

namespace ToolService.Core.Tests.Schema.Normalization;

public class TypeRuleTests
{
    [Theory]
    [InlineData("STRING", "string")]
    [InlineData("Object", "object")]
    [InlineData("NULL", "null")]
    [InlineData("dict", "object")]
    [InlineData("HashMap", "object")]
    [InlineData("list", "array")]
    [InlineData("tuple", "array")]
    [InlineData("set", "array")]
    [InlineData("ArrayList", "array")]
    [InlineData("str", "string")]
    [InlineData("char", "string")]
    [InlineData("int", "integer")]
    [InlineData("long", "integer")]
    [InlineData("Bigint", "integer")]
    [InlineData("float", "number")]
    [InlineData("double", "number")]
    [InlineData("bool", "boolean")]
    [InlineData("None", "null")]
    [InlineData("NoneType", "null")]
    public void Name_from_elsewhere_is_taken_as_the_standards(string written, string meaning) =>
        Becomes($$"""{"type":"{{written}}"}""", $$"""{"type":"{{meaning}}"}""", "/type");

    [Theory]
    [InlineData("any")]
    [InlineData("Any")]
    [InlineData("")]
    public void Any_type_is_no_restriction(string written) =>
        Becomes($$"""{"type":"{{written}}","description":"x"}""", """{"description":"x"}""", "/type");

    [Theory]
    [InlineData("""["STRING","null"]""", """["string","null"]""")]
    [InlineData("""["float","number","None"]""", """["number","null"]""")]
    [InlineData("""["string",null]""", """["string","null"]""")]
    public void Names_in_a_list_are_taken_too(string written, string meaning) =>
        Becomes($$"""{"type":{{written}}}""", $$"""{"type":{{meaning}}}""", "/type");

    [Fact]
    public void Any_type_in_a_list_is_no_restriction() => Becomes("""{"type":["any","string"]}""", "{}", "/type");

    [Fact]
    public void Message_says_what_was_written_and_what_it_is_taken_as() => Assert.Equal(
        new SchemaChange("/properties/x/type", "\"dict\" is taken as \"object\"."),
        SchemaNormalizer.Normalize(Json.Parse("""{"type":"object","properties":{"x":{"type":"dict"}}}""")).Changes.Single());

    [Theory]
    [InlineData("""{"type":"strng"}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":[]}""")]
    [InlineData("""{"type":["string","string"]}""")]
    public void What_is_merely_wrong_is_left_for_the_compiler(string schema) => Stays(schema);

    [Theory]
    [InlineData("TYPE_UNSPECIFIED", "name one of array, boolean")]
    [InlineData("file", "carries no files")]
    [InlineData("datetime", """{"type":"string","format":"date-time"}""")]
    [InlineData("UUID", """{"type":"string","format":"uuid"}""")]
    [InlineData("bytes", """"contentEncoding":"base64"""")]
    [InlineData("List[int]", """{"type":"array","items":{"type":"integer"}}""")]
    [InlineData("array<String>", """{"type":"array","items":{"type":"string"}}""")]
    [InlineData("string[][]", """{"type":"array","items":{"type":"array","items":{"type":"string"}}}""")]
    [InlineData("Optional[str]", """{"type":["string","null"]}""")]
    [InlineData("typing.Union[int, str]", """{"type":["integer","string"]}""")]
    [InlineData("int | float | None", """{"type":["integer","number","null"]}""")]
    [InlineData("Optional[List[str]]", """{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"null"}]}""")]
    [InlineData("Dict[str, Any]", """{"type":"object","additionalProperties":{}}""")]
    [InlineData("Tuple[int, str]", """{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}""")]
    [InlineData("Tuple[int, ...]", """{"type":"array","items":{"type":"integer"}}""")]
    [InlineData("list[", "'items'")]
    [InlineData("Foo[Bar]", "'items'")]
    [InlineData("string, null", "'anyOf'")]
    public void Name_that_is_understood_but_no_type_is_refused_with_what_to_write(string written, string advice) =>
        Refuses($$"""{"properties":{"x":{"type":"{{written}}"} } }""", "/properties/x/type", advice);
}

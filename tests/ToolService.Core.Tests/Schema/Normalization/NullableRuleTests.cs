using ToolService.Core.Schema.Normalization;
using static ToolService.Core.Tests.Schema.Normalization.NormalizeAssert;

namespace ToolService.Core.Tests.Schema.Normalization;

public class NullableRuleTests
{
    [Theory]
    [InlineData("""{"type":"string","nullable":true}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":["string","integer"],"nullable":true}""", """{"type":["string","integer","null"]}""")]
    [InlineData("""{"type":["string","null"],"nullable":true}""", """{"type":["string","null"]}""")]
    [InlineData("""{"type":"string","enum":["a"],"nullable":true}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("""{"type":"string","enum":["a",null],"nullable":true}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("""{"enum":["a"],"nullable":true}""", """{"enum":["a",null]}""")]
    [InlineData("""{"description":"x","nullable":true}""", """{"description":"x"}""")]
    [InlineData("""{"type":"string","nullable":false}""", """{"type":"string"}""")]
    [InlineData("""{"nullable":true,"type":"STRING"}""", """{"type":["string","null"]}""", "/type")]
    public void Null_is_added_to_what_lists_types_or_values(string schema, string expected, params string[] others) =>
        Becomes(schema, expected, [.. others, "/nullable"]);

    [Fact]
    public void Reference_and_what_restricts_beside_it_move_into_an_alternative() => Becomes(
        """{"$defs":{"d":{"type":"string"}},"items":{"description":"x","$ref":"#/$defs/d","maxLength":3,"nullable":true}}""",
        """{"$defs":{"d":{"type":"string"}},"items":{"description":"x","anyOf":[{"$ref":"#/$defs/d","maxLength":3},{"type":"null"}]}}""",
        "/items/nullable");

    [Fact]
    public void Alternatives_get_one_more() => Becomes(
        """{"anyOf":[{"type":"string"},{"type":"integer"}],"nullable":true}""",
        """{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}""",
        "/nullable");

    [Fact]
    public void Schemas_inside_are_recorded_where_they_were_written() => Becomes(
        """{"allOf":[{"type":"STRING"}],"nullable":true}""",
        """{"anyOf":[{"allOf":[{"type":"string"}]},{"type":"null"}]}""",
        "/allOf/0/type", "/nullable");

    [Theory]
    [InlineData("""{"$ref":"#/$defs/d","nullable":true,"$defs":{"d":{"type":"string"}}}""")]
    [InlineData("""{"const":"a","nullable":true}""")]
    [InlineData("""{"type":"string","oneOf":[{"minLength":1}],"nullable":true}""")]
    [InlineData("""{"properties":{"a":true},"nullable":true}""")]
    [InlineData("""{"type":"any","nullable":true}""")]
    [InlineData("""{"minLength":3,"nullable":true}""")]
    public void Null_is_accepted_however_it_is_said(string schema) =>
        Assert.True(Core.Schema.JsonSchema.Compile(Core.Schema.Normalization.SchemaNormalizer.Normalize(Json.Parse(schema)).Schema).IsValid(Json.Parse("null")));

    [Fact]
    public void Other_value_is_refused() => Refuses("""{"items":{"type":"string","nullable":"yes"}}""", "/items/nullable", "true or false");

    [Fact]
    public void A_type_that_is_no_name_is_left_for_the_compiler_to_refuse() => Assert.Equal(
        """{"type":null}""",
        SchemaNormalizer.Normalize(Json.Parse("""{"type":null,"nullable":true}""")).Schema.GetRawText());
}

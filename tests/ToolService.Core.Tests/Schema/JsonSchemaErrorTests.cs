using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class JsonSchemaErrorTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "\"five\"", "type", "must be an integer, got the string \"five\"")]
    [InlineData("""{"type":["string","null"]}""", "5", "type", "must be a string or null, got the number 5")]
    [InlineData("""{"minimum":3}""", "2.5", "minimum", "must be at least 3, got the number 2.5")]
    [InlineData("""{"exclusiveMaximum":3}""", "3", "exclusiveMaximum", "must be less than 3, got the number 3")]
    [InlineData("""{"multipleOf":0.01}""", "0.015", "multipleOf", "must be a multiple of 0.01, got the number 0.015")]
    [InlineData("""{"minLength":2}""", "\"a\"", "minLength", "must have at least 2 characters, got the string \"a\"")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "maxItems", "must have at most 1 item, got the array [1,2]")]
    [InlineData("""{"maxProperties":0}""", """{"a":1}""", "maxProperties", """must have at most 0 properties, got the object {"a":1}""")]
    [InlineData("""{"pattern":"^a+$"}""", "\"b\"", "pattern", "must match the pattern ^a+$, got the string \"b\"")]
    [InlineData("""{"const":1}""", "2", "const", "must be 1, got the number 2")]
    [InlineData("""{"enum":["metric","imperial"]}""", "\"metrics\"", "enum", "must be one of \"metric\", \"imperial\", got the string \"metrics\"; did you mean \"metric\"?")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", "uniqueItems", "must not contain the same item twice: items 0 and 2 are both 1.0")]
    [InlineData("""{"contains":{"type":"string"}}""", "[1]", "contains", "must contain at least 1 item of the kind that 'contains' describes, got 0")]
    [InlineData("""{"contains":true,"maxContains":1}""", "[1,2]", "maxContains", "must contain at most 1 item of the kind that 'contains' describes, got 2")]
    [InlineData("""{"not":{"type":"null"}}""", "null", "not", "must not match the schema in 'not', got null")]
    [InlineData("""{"required":["a"]}""", "{}", "required", "the property 'a' is required and missing")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "dependentRequired", "the property 'b' is required where 'a' is given, and missing")]
    [InlineData("false", "1", "false", "no value is allowed here; leave it out")]
    public void One_violation_is_one_sentence(string schema, string instance, string keyword, string message)
    {
        var error = Assert.Single(Json.Validate(schema, instance));

        Assert.Equal(message, error.Message);
        Assert.Equal(keyword, error.Keyword);
        Assert.Equal("", error.Pointer);
    }

    [Theory]
    [InlineData("""{"type":"integer"}""", "\"five\"", "an integer", "the string \"five\"")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "at most 1 item", "the array [1,2]")]
    [InlineData("""{"required":["a"]}""", "{}", "the property 'a'", "nothing")]
    [InlineData("""{"required":["city"]}""", """{"City":1}""", "the property 'city'", "'City'")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"b":1}""", "a", "'b'")]
    [InlineData("""{"enum":[1,2]}""", "3", "one of 1, 2", "the number 3")]
    [InlineData("""{"contains":{"type":"string"}}""", "[1]", "at least 1 item of the kind that 'contains' describes", "0")]
    public void Each_error_says_what_was_expected_and_what_was_found(string schema, string instance, string expected, string got)
    {
        var error = Assert.Single(Json.Validate(schema, instance));

        Assert.Equal((expected, got), (error.Expected, error.Got));
    }

    [Fact]
    public void A_missing_property_names_the_one_that_was_given_in_its_place()
    {
        var error = Assert.Single(Json.Validate("""{"properties":{"city_name":true,"days":true},"required":["city_name"]}""", """{"cityName":1,"days":2}"""));

        Assert.Equal("the property 'city_name' is required and missing; is 'cityName' meant?", error.Message);
    }

    [Fact]
    public void AnyOf_names_every_type_where_each_alternative_asks_for_another()
    {
        var error = Assert.Single(Json.Validate("""{"anyOf":[{"type":"string"},{"type":"array"},{"type":"null"}]}""", "5"));

        Assert.Equal("must be a string or an array or null, got the number 5", error.Message);
    }

    [Theory]
    [InlineData("""{"properties":{"a/b~":{"items":{"type":"string"}}}}""", """{"a/b~":["x",5]}""", "/a~1b~0/1", "/properties/a~1b~0/items/type")]
    [InlineData("""{"additionalProperties":{"$ref":"#/$defs/n"},"$defs":{"n":{"type":"null"}}}""", """{"\u0061":5}""", "/a", "/$defs/n/type")]
    [InlineData("""{"prefixItems":[true,{"minimum":9}]}""", "[1,2]", "/1", "/prefixItems/1/minimum")]
    public void Pointers_lead_to_the_value_and_to_the_keyword(string schema, string instance, string pointer, string schemaPointer)
    {
        var error = Assert.Single(Json.Validate(schema, instance));

        Assert.Equal(pointer, error.Pointer);
        Assert.Equal(schemaPointer, error.SchemaPointer);
    }

    [Fact]
    public void Each_missing_property_is_an_error() =>
        Assert.Equal(2, Json.Validate("""{"required":["a","b","c"]}""", """{"b":1}""").Count(error => error.Keyword == "required"));

    [Fact]
    public void An_unknown_property_names_the_one_that_was_meant()
    {
        var error = Assert.Single(Json.Validate("""{"properties":{"expression":true},"additionalProperties":false}""", """{"expresion":"1"}"""));

        Assert.Equal("unknown property 'expresion'; did you mean 'expression'?", error.Message);
        Assert.Equal("/expresion", error.Pointer);
    }

    [Fact]
    public void A_property_that_is_already_given_is_not_suggested()
    {
        var error = Assert.Single(Json.Validate("""{"properties":{"city":true,"days":true},"additionalProperties":false}""", """{"city":1,"citys":2}"""));

        Assert.Equal("unknown property 'citys'; allowed are city, days", error.Message);
    }

    [Fact]
    public void Errors_are_in_document_order()
    {
        var errors = Json.Validate(
            """{"allOf":[{"properties":{"z":{"type":"string"}}},{"properties":{"a":{"type":"string"}}}],"required":["q"]}""", """{"a":1,"z":2}""");

        Assert.Equal(["", "/a", "/z"], errors.Select(error => error.Pointer));
    }

    [Fact]
    public void AnyOf_reports_the_alternative_for_the_right_type()
    {
        var errors = Json.Validate(
            """{"anyOf":[{"type":"string"},{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}}}]}""", """{"a":"x","b":"y"}""");

        Assert.Equal(["anyOf", "type", "type"], errors.Select(error => error.Keyword));
        Assert.Equal("must match one of 2 alternatives and matches none; the closest is number 2", errors[0].Message);
        Assert.Equal(["", "/a", "/b"], errors.Select(error => error.Pointer));
    }

    [Fact]
    public void AnyOf_reports_the_alternative_that_a_constant_selects()
    {
        var errors = Json.Validate(
            """
            {"oneOf":[
              {"properties":{"kind":{"const":"circle"},"r":{"type":"number"}},"required":["kind","r"]},
              {"properties":{"kind":{"const":"box"},"w":{"type":"number"},"h":{"type":"number"}},"required":["kind","w","h"]}]}
            """,
            """{"kind":"box"}""");

        Assert.Equal(["oneOf", "required", "required"], errors.Select(error => error.Keyword));
        Assert.All(errors.Skip(1), error => Assert.Equal("/oneOf/1/required", error.SchemaPointer));
    }

    [Fact]
    public void OneOf_names_the_two_alternatives_that_match()
    {
        var error = Assert.Single(Json.Validate("""{"oneOf":[{"type":"string"},{"type":"integer"},{"minimum":2}]}""", "5"));

        Assert.Equal("must match exactly one of the 3 alternatives, but matches number 2 and 3", error.Message);
    }

    [Fact]
    public void Long_values_are_shortened_without_cutting_a_character()
    {
        var error = Assert.Single(Json.Validate("""{"type":"integer"}""", $"\"{string.Concat(Enumerable.Repeat("🐲", 1000))}\""));

        Assert.True(error.Message.Length < 120, error.Message);
        Assert.EndsWith("🐲…", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_is_capped_and_counts_the_rest()
    {
        var errors = Json.Validate("""{"items":{"type":"string"}}""", $"[{string.Join(',', Enumerable.Range(0, 1000))}]");

        Assert.Equal(SchemaOptions.Default.MaxErrors + 1, errors.Count);
        Assert.Equal("900 more errors are not listed", errors[^1].Message);
    }

    [Fact]
    public void The_cap_is_an_option()
    {
        var schema = JsonSchema.Compile(Json.Parse("""{"items":{"type":"string"}}"""), new SchemaOptions { MaxErrors = 2 });

        Assert.Equal(["/0", "/1", ""], schema.Validate(Json.Parse("[1,2,3]")).Select(error => error.Pointer));
    }

    [Theory]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"aa":1,"bb":2}""", 2)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", 1)]
    [InlineData("""{"anyOf":[{"required":["a"],"oneOf":[{"const":1}]},{"required":["b"]}]}""", "{}", 2)]
    public void The_count_is_the_same_whatever_the_cap(string schema, string instance, int count)
    {
        var capped = Json.Compile(schema, new SchemaOptions { MaxErrors = 0 }).Validate(Json.Parse(instance));

        Assert.Equal(count, Json.Validate(schema, instance).Count);
        Assert.StartsWith($"{count} more ", Assert.Single(capped).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unevaluated_properties_are_not_blamed_where_a_branch_failed()
    {
        var errors = Json.Validate(
            """{"allOf":[{"properties":{"a":{"type":"string"}}}],"unevaluatedProperties":false}""", """{"a":1}""");

        Assert.Equal("type", Assert.Single(errors).Keyword);
    }
}

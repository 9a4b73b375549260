using System.Text.Json;
using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class JsonSchemaRefusalTests
{
    [Theory]
    [InlineData("""{"type":"strng"}""", "/type", "did you mean 'string'?")]
    [InlineData("""{"type":[]}""", "/type", "at least one type")]
    [InlineData("""{"minimum":"3"}""", "/minimum", "'minimum' must be a number, got the string \"3\"")]
    [InlineData("""{"minLength":-1}""", "/minLength", "a whole number, zero or more")]
    [InlineData("""{"maxItems":1.5}""", "/maxItems", "a whole number, zero or more")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf", "greater than zero")]
    [InlineData("""{"uniqueItems":"yes"}""", "/uniqueItems", "true or false")]
    [InlineData("""{"required":"a"}""", "/required", "a list of strings")]
    [InlineData("""{"required":["a","a"]}""", "/required", "a list without duplicates")]
    [InlineData("""{"enum":"a"}""", "/enum", "a list of values")]
    [InlineData("""{"allOf":[]}""", "/allOf", "a list of at least one schema")]
    [InlineData("""{"properties":[]}""", "/properties", "an object of schemas")]
    [InlineData("""{"properties":{"a":5}}""", "/properties/a", "A schema must be an object, true or false")]
    [InlineData("""{"items":[true]}""", "/items", "use 'prefixItems'")]
    [InlineData("""{"dependentRequired":{"a":1}}""", "/dependentRequired", "a list of strings")]
    [InlineData("""{"pattern":"(a"}""", "/pattern", "not a usable regular expression")]
    [InlineData("""{"pattern":"\\Z"}""", "/pattern", "not an escape of ECMA-262")]
    [InlineData("""{"pattern":"(?i)a"}""", "/pattern", "a group may start with")]
    [InlineData("""{"pattern":"[a"}""", "/pattern", "a class lacks its ']'")]
    [InlineData("""{"pattern":"[b-a]"}""", "/pattern", "out of order")]
    [InlineData("""{"patternProperties":{"\\p{Nope}":true}}""", "/patternProperties", "not a property of ECMA-262")]
    [InlineData("""{"$ref":"#/$defs/a"}""", "/$ref", "points nowhere: there is no '$defs'")]
    [InlineData("""{"$ref":"#nowhere"}""", "/$ref", "names an anchor that does not exist")]
    [InlineData("""{"$ref":"https://example.com/schema.json"}""", "/$ref", "register it, or copy what it names into '$defs'")]
    [InlineData("""{"$ref":"other"}""", "/$ref", "register it")]
    [InlineData("""{"$id":"urn:example:a","$ref":"b"}""", "/$ref", "a relative one whose base has no path")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#"}}}""", "", "would never end")]
    [InlineData("""{"allOf":[{"if":true,"then":{"$ref":"#"}}]}""", "", "would never end")]
    [InlineData("""{"$anchor":"a","$defs":{"b":{"$anchor":"a"}}}""", "/$defs/b/$anchor", "stands on two schemas")]
    [InlineData("""{"$id":"#a"}""", "/$id", "a URI without a fragment")]
    [InlineData("""{"type":"string","type":"integer"}""", "/type", "stands twice")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-04/schema#"}""", "/$schema", "is not supported")]
    [InlineData("""{"$schema":5}""", "/$schema", "is not supported")]
    [InlineData("""{"not":{"$schema":"http://json-schema.org/draft-07/schema#"}}""", "/not/$schema", "inside a schema of 2020-12; give this part an '$id'")]
    [InlineData("""{"$id":"https://example.com/a#b"}""", "/$id", "a URI without a fragment")]
    [InlineData("""{"$id":"https://example.com/a","not":{"$id":"a","type":"null"}}""", "/not/$id", "stands on two schemas")]
    [InlineData("""{"dependentRequired":{"a":{}}}""", "/dependentRequired", "a list of strings")]
    [InlineData("""{"dependentRequired":[]}""", "/dependentRequired", "an object of lists of names")]
    [InlineData("""{"dependencies":{"a":1}}""", "/dependencies/a", "A schema must be an object, true or false")]
    [InlineData("""{"dependencies":{"a":[1]}}""", "/dependencies", "a list of strings")]
    [InlineData("""{"$dynamicAnchor":"a","$dynamicRef":"#a"}""", "", "would never end")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"$recursiveRef":"#"}""", "", "would never end")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveRef":"#/$defs/a"}""", "/$recursiveRef", "must be \"#\"")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":1}""", "/$recursiveAnchor", "true or false")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema","not":{"$recursiveAnchor":true}}""", "/not/$recursiveAnchor", "only at the root")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","items":[]}""", "/items", "a list of at least one schema")]
    [InlineData("5", "", "A schema must be an object, true or false, got the number 5")]
    public void Compile_says_where_and_why(string schema, string pointer, string reason)
    {
        var refusal = Json.Refuse(schema);

        Assert.Equal(pointer, refusal.Pointer);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"title":"t","description":"d","default":1,"examples":[1],"$comment":"c","deprecated":true,"readOnly":true,"writeOnly":true}""")]
    [InlineData("""{"format":"date","contentEncoding":"base64","contentMediaType":"text/plain","contentSchema":{"anything":1},"x-order":3}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"a":{"type":"string"}},"properties":{"a":{"$ref":"#/definitions/a","description":"d"}}}""")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema#"}""")]
    public void Annotations_are_accepted_and_not_enforced(string schema) => Assert.True(Json.Compile(schema).IsValid(Json.Parse("5")));

    [Fact]
    public void Compile_refuses_an_element_without_a_value() => Assert.Throws<JsonSchemaException>(() => JsonSchema.Compile(default));

    [Fact]
    public void Compile_keeps_no_hold_on_the_document()
    {
        JsonSchema schema;
        using (var document = JsonDocument.Parse("""{"const":{"a":1}}"""))
            schema = JsonSchema.Compile(document.RootElement);

        Assert.True(schema.IsValid(Json.Parse("""{"a":1.0}""")));
    }
}

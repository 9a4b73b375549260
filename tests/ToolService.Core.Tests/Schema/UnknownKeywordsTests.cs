using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class UnknownKeywordsTests
{
    private const string Draft07 = "\"$schema\":\"http://json-schema.org/draft-07/schema#\"";
    private const string Draft201909 = "\"$schema\":\"https://json-schema.org/draft/2019-09/schema\"";
    private const string WithoutValidation = "https://example.com/meta";

    private static readonly SchemaOptions RefuseMisspelt = Json.With((
        WithoutValidation,
        """
        {"$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/draft/2020-12/vocab/applicator":true}}
        """)) with
    { UnknownKeywords = UnknownKeywordRule.RefuseMisspelt };

    [Fact]
    public void They_are_ignored_and_listed_by_default()
    {
        var schema = Json.Compile("""{"properties":{"a/b":{"requierd":["c"]},"d":{"x-order":1,"title":"t"}},"discriminator":{}}""");

        Assert.Equal([new("/discriminator", "discriminator"), new("/properties/a~1b/requierd", "requierd")], schema.IgnoredKeywords);
        Assert.True(schema.IsValid(Json.Parse("""{"a/b":{}}""")));
    }

    [Fact]
    public void Those_in_other_documents_are_listed_with_their_uri()
    {
        var schema = Json.Compile("""{"$ref":"https://example.com/a"}""", Json.With(("https://example.com/a", """{"not":{"odd":1}}""")));

        Assert.Equal("https://example.com/a#/not/odd", Assert.Single(schema.IgnoredKeywords).Pointer);
    }

    [Fact]
    public void Neighbours_that_a_reference_turns_off_are_listed()
    {
        var schema = Json.Compile(
            $$"""{ {{Draft07}},"$ref":"#/definitions/a","$id":"b","minimum":5,"title":"t","definitions":{"a":{"type":"integer"} } }""");

        Assert.Equal(["$id", "minimum"], schema.IgnoredKeywords.Select(keyword => keyword.Name));
        Assert.True(schema.IsValid(Json.Parse("1")));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"requierd":["b"]}}}""", "/properties/a/requierd", "did you mean 'required'?")]
    [InlineData("""{"additional_properties":false}""", "/additional_properties", "did you mean 'additionalProperties'?")]
    [InlineData("""{"id":"a"}""", "/id", "did you mean '$id'?")]
    [InlineData("""{"nullable":true}""", "/nullable", "add \"null\" to 'type'")]
    [InlineData("""{"additionalItems":false}""", "/additionalItems", "of 2019-09, not of 2020-12, and would not be enforced; use 'prefixItems' with 'items'")]
    [InlineData("""{"$recursiveRef":"#"}""", "/$recursiveRef", "use '$dynamicRef'")]
    [InlineData($$"""{ {{Draft07}},"prefixItems":[true]}""", "/prefixItems", "is a keyword of 2020-12, not of draft-07")]
    [InlineData($$"""{ {{Draft07}},"dependentRequired":{} }""", "/dependentRequired", "not of draft-07")]
    [InlineData($$"""{ {{Draft07}},"properties":{"a":{"$ref":"#","minimum":1} } }""", "/properties/a/minimum", "beside '$ref' is ignored in draft-07")]
    [InlineData($$"""{ {{Draft201909}},"$dynamicRef":"#a"}""", "/$dynamicRef", "is a keyword of 2020-12, not of 2019-09")]
    [InlineData($$"""{"$schema":"{{WithoutValidation}}","minimum":1}""", "/minimum", "is a keyword of 2020-12, not of https://example.com/meta")]
    public void Those_that_look_enforced_are_refused_on_request(string schema, string pointer, string reason)
    {
        var refusal = Json.Refuse(schema, RefuseMisspelt);

        Assert.Equal(pointer, refusal.Pointer);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Throws<JsonSchemaException>(() => Json.Compile(schema, RefuseMisspelt with { UnknownKeywords = UnknownKeywordRule.Refuse }));
    }

    [Theory]
    [InlineData("""{"example":1,"discriminator":{},"xml":{},"externalDocs":{},"propertyOrdering":[],"markdownDescription":""}""", 6)]
    [InlineData("""{"x-order":1}""", 0)]
    [InlineData($$"""{ {{Draft07}},"$defs":{"a":true},"deprecated":true,"$anchor":"a","$ref":"#/$defs/a","description":"d"}""", 3)]
    public void Those_that_enforce_nothing_are_ignored_then(string schema, int ignored) =>
        Assert.Equal(ignored, Json.Compile(schema, RefuseMisspelt).IgnoredKeywords.Count);

    [Theory]
    [InlineData("""{"frobnicate":1}""", "Unknown keyword 'frobnicate'; extensions must start with 'x-'.")]
    [InlineData("""{"example":1}""", "Unknown keyword 'example'")]
    public void All_are_refused_on_request(string schema, string reason) => Assert.Contains(
        reason, Json.Refuse(schema, new SchemaOptions { UnknownKeywords = UnknownKeywordRule.Refuse }).Message, StringComparison.Ordinal);

    [Fact]
    public void Extensions_are_never_refused() =>
        Assert.Empty(Json.Compile("""{"x-frobnicate":1}""", new SchemaOptions { UnknownKeywords = UnknownKeywordRule.Refuse }).IgnoredKeywords);

    [Theory]
    [InlineData("https://json-schema.org/draft/2020-12/schema")]
    [InlineData("https://json-schema.org/draft/2019-09/schema")]
    [InlineData("http://json-schema.org/draft-07/schema")]
    public void Metaschemas_have_none(string uri) => Assert.Empty(
        Json.Compile($$"""{"$ref":"{{uri}}"}""", new SchemaOptions { UnknownKeywords = UnknownKeywordRule.Refuse }).IgnoredKeywords);
}

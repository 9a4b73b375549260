using ToolService.Core.Schema;
using ToolService.Core.Schema.Compilation;

namespace ToolService.Core.Tests.Schema;

public class DialectTests
{
    private const string Core = "\"https://json-schema.org/draft/2020-12/vocab/core\":true";
    private const string Metaschema = "https://example.com/meta";

    [Theory]
    [InlineData(SchemaDraft.Draft07, """{"items":[{"type":"string"}],"additionalItems":{"type":"integer"}}""", "[\"a\",1]", "[\"a\",\"b\"]")]
    [InlineData(SchemaDraft.Draft07, """{"items":{"type":"string"},"additionalItems":false}""", "[\"a\",\"b\"]", "[1]")]
    [InlineData(SchemaDraft.Draft07, """{"dependencies":{"a":["b"],"c":{"required":["d"]}}}""", """{"a":1,"b":1}""", """{"c":1}""")]
    [InlineData(SchemaDraft.Draft07, """{"dependencies":{"a":["b"]}}""", "{}", """{"a":1}""")]
    [InlineData(SchemaDraft.Draft07, """{"$ref":"#/definitions/a","type":"string","definitions":{"a":{"type":"integer"}}}""", "1", "\"a\"")]
    [InlineData(SchemaDraft.Draft07, """{"allOf":[{"$ref":"#a"}],"definitions":{"x":{"$id":"#a","type":"integer"}}}""", "1", "\"a\"")]
    [InlineData(SchemaDraft.Draft07, """{"allOf":[{"$ref":"other#a"}],"definitions":{"x":{"$id":"other#a","type":"integer"}}}""", "1", "\"a\"")]
    [InlineData(SchemaDraft.Draft07, """{"properties":{"a":{"$id":"#/properties/a","type":"integer"}}}""", """{"a":1}""", """{"a":"b"}""")]
    [InlineData(SchemaDraft.Draft07, """{"contains":{"const":1},"minContains":2,"prefixItems":[{"const":0}]}""", "[1]", "[2]")]
    [InlineData(SchemaDraft.Draft201909, """{"contains":{"const":1},"minContains":2}""", "[1,1]", "[1]")]
    [InlineData(SchemaDraft.Draft201909, """{"items":[true],"contains":{"const":1},"unevaluatedItems":false}""", "[1]", "[2,1]")]
    [InlineData(SchemaDraft.Draft202012, """{"prefixItems":[true],"contains":{"const":1},"unevaluatedItems":false}""", "[2,1]", "[1,2]")]
    [InlineData(SchemaDraft.Draft201909, """{"$recursiveAnchor":true,"type":["object","null"],"additionalProperties":{"$recursiveRef":"#"}}""", """{"a":null}""", """{"a":1}""")]
    public void Keywords_mean_what_they_mean_in_the_draft(SchemaDraft draft, string schema, string valid, string invalid)
    {
        var compiled = Json.Compile(schema, new SchemaOptions { Draft = draft });

        Assert.True(compiled.IsValid(Json.Parse(valid)));
        Assert.False(compiled.IsValid(Json.Parse(invalid)));
        Assert.NotEmpty(compiled.Validate(Json.Parse(invalid)));
    }

    [Fact]
    public void Schema_names_its_draft_whatever_the_option() => Assert.False(Json.Compile(
        """{"$schema":"https://json-schema.org/draft/2020-12/schema#","prefixItems":[{"type":"string"}]}""",
        new SchemaOptions { Draft = SchemaDraft.Draft07 })
        .IsValid(Json.Parse("[1]")));

    [Fact]
    public void Part_with_an_id_may_be_of_another_draft()
    {
        var schema = Json.Compile(
            """
            {"items":{"$id":"old","$schema":"http://json-schema.org/draft-07/schema#","prefixItems":[false],"items":[{"type":"string"}],
             "additionalItems":{"$id":"new","$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"null"}]}}}
            """);

        Assert.True(schema.IsValid(Json.Parse("""[["a",[null]]]""")));
        Assert.False(schema.IsValid(Json.Parse("""[["a",[1]]]""")));
        Assert.False(schema.IsValid(Json.Parse("[[1]]")));
    }

    [Fact]
    public void Keyword_of_a_vocabulary_that_is_off_is_an_annotation()
    {
        var schema = CompileWith(
            $$"""{"$vocabulary":{ {{Core}},"https://json-schema.org/draft/2020-12/vocab/applicator":true} }""",
            "\"properties\":{\"a\":{\"minimum\":9}},\"required\":[\"b\"]");

        Assert.True(schema.IsValid(Json.Parse("""{"a":1}""")));
        Assert.Equal(["required", "minimum"], schema.IgnoredKeywords.Select(keyword => keyword.Name));
    }

    [Theory]
    [InlineData("""{"$vocabulary":{"https://json-schema.org/draft/2019-09/vocab/core":true,"https://json-schema.org/draft/2019-09/vocab/applicator":true}}""")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2019-09/schema"}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","$vocabulary":{"https://example.com/ignored":true}}""")]
    [InlineData("true")]
    public void Metaschema_decides_the_draft(string metaschema)
    {
        var schema = CompileWith(metaschema, "\"items\":[false]", SchemaDraft.Draft07);

        Assert.True(schema.IsValid(Json.Parse("[]")));
        Assert.False(schema.IsValid(Json.Parse("[1]")));
    }

    [Theory]
    [InlineData($$"""{"$vocabulary":{ {{Core}},"https://example.com/units":true} }""", "/$vocabulary/https:~1~1example.com~1units", "is required and unknown")]
    [InlineData("""{"$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/applicator":true}}""", "/$vocabulary", "must list a core vocabulary")]
    [InlineData("""{"$vocabulary":[]}""", "/$vocabulary", "true or false by URI")]
    [InlineData($$"""{"$vocabulary":{ {{Core}},"https://example.com/units":"yes"} }""", "/$vocabulary", "true or false by URI")]
    [InlineData("""{"$schema":"https://example.com/unknown"}""", "/$schema", "is not supported")]
    public void Metaschema_that_cannot_be_followed_is_refused(string metaschema, string pointer, string reason)
    {
        var refusal = Assert.Throws<JsonSchemaException>(() => CompileWith(metaschema, "\"type\":\"null\""));

        Assert.Equal($"{Metaschema}#{pointer}", refusal.Pointer);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($$"""{ {{Core}},"https://json-schema.org/draft/2020-12/vocab/format-assertion":false}""", true)]
    [InlineData($$"""{ {{Core}},"https://json-schema.org/draft/2020-12/vocab/format-annotation":true}""", false)]
    [InlineData("""{"https://json-schema.org/draft/2019-09/vocab/core":true,"https://json-schema.org/draft/2019-09/vocab/format":true}""", true)]
    [InlineData("""{"https://json-schema.org/draft/2019-09/vocab/core":true,"https://json-schema.org/draft/2019-09/vocab/format":false}""", false)]
    public void Vocabulary_decides_whether_formats_are_enforced(string vocabularies, bool asserts)
    {
        var resolver = new DialectResolver(Json.With((Metaschema, $$"""{"$vocabulary":{{vocabularies}}}""")));

        Assert.Equal(asserts, resolver.Find(Json.Parse($"\"{Metaschema}\""), "").AssertsFormats);
    }

    private static JsonSchema CompileWith(string metaschema, string keywords, SchemaDraft draft = SchemaDraft.Draft202012) =>
        Json.Compile($$"""{"$schema":"{{Metaschema}}",{{keywords}}}""", Json.With((Metaschema, metaschema)) with { Draft = draft });
}

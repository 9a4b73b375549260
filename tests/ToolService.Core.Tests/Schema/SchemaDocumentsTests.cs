using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class SchemaDocumentsTests
{
    private const string Latest = "https://json-schema.org/draft/2020-12/schema";
    private const string Draft07 = "http://json-schema.org/draft-07/schema#";

    [Fact]
    public void Reference_leads_into_a_registered_document_and_errors_say_where()
    {
        var options = Json.With(("https://example.com/order", """{"$defs":{"id":{"type":"integer"}}}"""));

        var schema = Json.Compile("""{"items":{"$ref":"https://example.com/order#/$defs/id"}}""", options);

        var error = Assert.Single(schema.Validate(Json.Parse("[1,\"2\"]")));

        Assert.Equal("/1", error.Pointer);
        Assert.Equal("https://example.com/order#/$defs/id/type", error.SchemaPointer);
    }

    [Fact]
    public void Malformed_document_is_refused_at_its_own_place()
    {
        var options = Json.With(("https://example.com/a", """{"properties":{"b":{"type":"strng"}}}"""));

        var refusal = Json.Refuse("""{"$ref":"https://example.com/a"}""", options);

        Assert.Equal("https://example.com/a#/properties/b/type", refusal.Pointer);
    }

    [Fact]
    public void Document_that_nothing_leads_to_is_not_read()
    {
        var options = Json.With(
            ("https://example.com/broken", "5"), ("https://example.com/a", """{"$defs":{"unused":{"$ref":"broken"}}}"""));

        Assert.True(Json.Compile("""{"$ref":"https://example.com/a"}""", options).IsValid(Json.Parse("1")));
    }

    [Fact]
    public void References_in_a_document_start_from_its_id_else_from_its_uri()
    {
        var options = Json.With(
            ("https://example.com/by-uri/a", """{"$ref":"b"}"""),
            ("https://example.com/by-uri/b", """{"type":"string"}"""),
            ("https://example.com/by-id/a", """{"$id":"https://example.com/elsewhere/a","$ref":"b"}"""),
            ("https://example.com/elsewhere/b", """{"type":"null"}"""));

        Assert.True(Json.Compile("""{"$ref":"https://example.com/by-uri/a"}""", options).IsValid(Json.Parse("\"x\"")));
        Assert.True(Json.Compile("""{"$ref":"https://example.com/by-id/a"}""", options).IsValid(Json.Parse("null")));
    }

    [Fact]
    public void Schemas_inside_a_document_that_is_none_are_found_by_pointer()
    {
        var options = Json.With(
            ("https://example.com/openapi.json",
            """{"openapi":"3.1.0","components":{"schemas":{"a/b":{"type":"null"},"c":{"$ref":"#/components/schemas/a~1b"}}}}"""));
        var schema = Json.Compile("""{"$ref":"https://example.com/openapi.json#/components/schemas/c"}""", options);

        Assert.True(schema.IsValid(Json.Parse("null")));
        Assert.False(schema.IsValid(Json.Parse("1")));
    }

    [Fact]
    public void Documents_may_refer_to_each_other_in_circles()
    {
        var options = Json.With(
            ("https://example.com/a", """{"properties":{"b":{"$ref":"b"}},"additionalProperties":false}"""),
            ("https://example.com/b", """{"properties":{"a":{"$ref":"a"}},"additionalProperties":false}"""));
        var schema = Json.Compile("""{"$ref":"https://example.com/a"}""", options);

        Assert.True(schema.IsValid(Json.Parse("""{"b":{"a":{"b":{}}}}""")));
        Assert.False(schema.IsValid(Json.Parse("""{"b":{"a":{"a":{}}}}""")));
    }

    [Fact]
    public void Circle_of_documents_without_progress_is_refused()
    {
        var options = Json.With(("https://example.com/a", """{"$ref":"b"}"""), ("https://example.com/b", """{"allOf":[{"$ref":"a"}]}"""));

        Assert.Contains("would never end", Json.Refuse("""{"$ref":"https://example.com/a"}""", options).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_itself_stands_in_for_a_document_of_its_uri()
    {
        var options = Json.With(("https://example.com/a", """{"type":"string"}"""), ("https://example.com/b", """{"$ref":"a"}"""));
        var schema = Json.Compile("""{"$id":"https://example.com/a","type":["integer","array"],"items":{"$ref":"b"}}""", options);

        Assert.True(schema.IsValid(Json.Parse("[1]")));
        Assert.False(schema.IsValid(Json.Parse("[\"x\"]")));
    }

    [Theory]
    [InlineData("""{"$id":"https://example.com/b","type":"null"}""", true)]
    [InlineData("""{"$id":"https://example.com/b"}""", false)]
    public void Documents_that_disagree_about_a_uri_are_refused(string other, bool agrees)
    {
        var options = Json.With(
            ("https://example.com/b", """{"$id":"https://example.com/b","type":"null"}"""),
            ("https://example.com/a", $$"""{"$defs":{"b":{{other}} } }"""));
        const string Schema = """{"$ref":"https://example.com/a","not":{"not":{"$ref":"https://example.com/b"}}}""";

        if (agrees)
            Assert.True(Json.Compile(Schema, options).IsValid(Json.Parse("null")));
        else
            Assert.Equal("https://example.com/a#/$defs/b/$id", Json.Refuse(Schema, options).Pointer);
    }

    [Theory]
    [InlineData(Latest, """{"properties":{"a":{"minLength":-1}}}""")]
    [InlineData("https://json-schema.org/draft/2019-09/schema", """{"items":[{"type":"strng"}]}""")]
    [InlineData(Draft07, """{"definitions":{"a":{"required":["b","b"]}}}""")]
    public void Metaschemas_are_always_there(string metaschema, string malformed)
    {
        var schema = Json.Compile($$"""{"$ref":"{{metaschema}}"}""");

        Assert.True(schema.IsValid(Json.Parse("""{"type":"object","properties":{"a":{"minLength":1}}}""")));
        Assert.False(schema.IsValid(Json.Parse(malformed)));
    }

    [Theory]
    [InlineData("draft/2020-12", "core applicator unevaluated validation meta-data format-annotation format-assertion content")]
    [InlineData("draft/2019-09", "core applicator validation meta-data format content")]
    public void Every_vocabulary_has_its_metaschema(string draft, string vocabularies) => Assert.All(
        vocabularies.Split(' '),
        vocabulary => Assert.False(Json.Compile($$"""{"$ref":"https://json-schema.org/{{draft}}/meta/{{vocabulary}}"}""").IsValid(Json.Parse("1"))));

    [Fact]
    public void Document_with_the_same_uri_replaces_the_other()
    {
        var options = Json.With(("https://example.com/a", "false"), ("https://example.com/a", "true"));

        Assert.True(Json.Compile("""{"$ref":"https://example.com/a"}""", options).IsValid(Json.Parse("1")));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("https://example.com/a#b")]
    public void Uri_must_be_absolute_and_whole(string uri) =>
        Assert.Throws<ArgumentException>(() => SchemaDocuments.None.Add(new Uri(uri, UriKind.RelativeOrAbsolute), Json.Parse("true")));

    [Fact]
    public void Element_without_a_value_is_no_document() =>
        Assert.Throws<ArgumentException>(() => SchemaDocuments.None.Add(new Uri("https://example.com"), default));
}

using System.Diagnostics;
using ToolService.Core.Schema;

namespace ToolService.Core.Tests.Schema;

public class HostileDocumentsTests
{
    // Generous: what is to be told apart is seconds from hours.
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(20);

    [Fact]
    public void Thousands_of_documents_in_a_row_compile()
    {
        var documents = Enumerable.Range(0, 5_000)
            .Select(i => (Uri(i), $$"""{"properties":{"next":{"$ref":"{{i + 1}}"} } }""")).Append((Uri(5_000), "false"));
        var started = Stopwatch.GetTimestamp();

        Assert.True(Json.Compile($$"""{"$ref":"{{Uri(0)}}"}""", Json.With(documents)).IsValid(Json.Parse("""{"next":{"next":{}}}""")));
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Fact]
    public void Thousands_of_documents_that_apply_each_other_in_place_do_not_compile()
    {
        var documents = Enumerable.Range(0, 5_000).Select(i => (Uri(i), $$"""{"$ref":"{{i + 1}}"}""")).Append((Uri(5_000), "true"));

        var refusal = Json.Refuse($$"""{"$ref":"{{Uri(0)}}"}""", Json.With(documents));

        Assert.Contains("shorten the chain", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subschemas_are_counted_over_all_documents()
    {
        var half = $$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat("true", SchemaLimits.MaxSubschemas / 2))}}]}""";
        var options = Json.With((Uri(1), half), (Uri(2), half));

        var refusal = Json.Refuse($$"""{"anyOf":[{"$ref":"{{Uri(1)}}"},{"$ref":"{{Uri(2)}}"}]}""", options);

        Assert.Contains("and the documents", refusal.Message, StringComparison.Ordinal);
        Assert.True(Json.Compile($$"""{"$ref":"{{Uri(1)}}"}""", options).IsValid(Json.Parse("1")));
    }

    [Fact]
    public void Deep_document_is_refused_where_it_is_referred_to()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"not":""", 10_000)) + "true" + new string('}', 10_000);

        var refusal = Json.Refuse($$"""{"$ref":"{{Uri(1)}}"}""", Json.With((Uri(1), deep)));

        Assert.Contains("nests deeper", refusal.Message, StringComparison.Ordinal);
        Assert.Equal($"{Uri(1)}#", refusal.Pointer);
    }

    [Fact]
    public void Long_uri_of_a_document_with_many_schemas_does_not_compile()
    {
        var uri = $"https://example.com/{new string('a', 50_000)}";
        var document = $$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat("true", 10_000))}}]}""";

        var refusal = Json.Refuse($$"""{"$ref":"{{uri}}"}""", Json.With((uri, document)));

        Assert.Contains("too long altogether", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-12", "\"$dynamicAnchor\":\"a\"", "\"$dynamicRef\":\"#a\"")]
    [InlineData("2019-09", "\"$recursiveAnchor\":true", "\"$recursiveRef\":\"#\"")]
    public void Dynamic_reference_that_leads_back_to_itself_is_an_error_when_evaluating(string draft, string anchor, string reference)
    {
        var dialect = $"\"$schema\":\"https://json-schema.org/draft/{draft}/schema\"";
        var options = Json.With((Uri(1), $$"""{ {{dialect}},{{anchor}},{{reference}}}"""));
        var schema = Json.Compile($$"""{ {{dialect}},{{anchor}},"$ref":"{{Uri(1)}}"}""", options);

        Assert.False(schema.IsValid(Json.Parse("1")));
        Assert.Contains("nests too deeply", schema.Validate(Json.Parse("1"))[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dynamic_anchors_in_thousands_of_documents_take_bounded_time()
    {
        var documents = Enumerable.Range(0, 3_000)
            .Select(i => (Uri(i), $$"""{"$dynamicAnchor":"a{{i}}","properties":{"next":{"$ref":"{{i + 1}}"},"self":{"$dynamicRef":"#a{{i}}"} } }"""))
            .Append((Uri(3_000), "true"));
        var started = Stopwatch.GetTimestamp();

        Assert.True(Json.Compile($$"""{"$ref":"{{Uri(0)}}"}""", Json.With(documents)).IsValid(Json.Parse("""{"next":{"self":{}}}""")));
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    [Fact]
    public void Metaschemas_that_name_each_other_are_refused()
    {
        var options = Json.With((Uri(1), $$"""{"$schema":"{{Uri(2)}}"}"""), (Uri(2), $$"""{"$schema":"{{Uri(1)}}"}"""));

        Assert.Contains("name each other", Json.Refuse($$"""{"$schema":"{{Uri(1)}}"}""", options).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnknownKeywordRule.Ignore)]
    [InlineData(UnknownKeywordRule.RefuseMisspelt)]
    public void A_hundred_thousand_unknown_keywords_take_bounded_time(UnknownKeywordRule rule)
    {
        var schema = Json.Parse("{" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"unheard of {i}\":1")) + "}");
        var started = Stopwatch.GetTimestamp();

        var refusal = Record.Exception(() => JsonSchema.Compile(schema, new SchemaOptions { UnknownKeywords = rule }));

        Assert.Equal(rule == UnknownKeywordRule.Ignore, refusal is null);
        Assert.True(Stopwatch.GetElapsedTime(started) < Bearable);
    }

    private static string Uri(int number) => $"https://example.com/{number}";
}

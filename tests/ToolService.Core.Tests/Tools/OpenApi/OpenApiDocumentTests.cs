using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiDocumentTests
{
    [Theory]
    [InlineData("""{"openapi":"3.0.3","info":{"title":"Pets","version":"1.2"}}""", "3.0.3")]
    [InlineData("""{"openapi":"3.1.0","info":{"title":"Pets","version":"1.2"}}""", "3.1.0")]
    [InlineData("""{"openapi":"3.2.0","info":{"title":"Pets","version":"1.2"}}""", "3.2.0")]
    [InlineData("""{"swagger":"2.0","info":{"title":"Pets","version":"1.2"}}""", "2.0")]
    [InlineData("openapi: 3.1.1\ninfo:\n  title: Pets\n  version: 1.2", "3.1.1")]
    [InlineData("swagger: 2.0\ninfo: {title: Pets, version: '1.2'}", "2.0")]
    [InlineData("{openapi: 3.0.0, info: {title: Pets, version: '1.2'}}", "3.0.0")]
    [InlineData("\uFEFF{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"Pets\",\"version\":\"1.2\"}}", "3.0.0")]
    public void Document_says_its_title_and_versions(string text, string standard)
    {
        var document = Read(text);

        Assert.Equal((standard, "Pets", "1.2"), (document.StandardVersion, document.Title, document.Version));
    }

    [Theory]
    [InlineData("""{"openapi":"4.0.0"}""", "OpenAPI \"4.0.0\" is not read; 3.0, 3.1, 3.2 and Swagger 2.0 are. (at /openapi)")]
    [InlineData("""{"openapi":{}}""", "OpenAPI {} is not read; 3.0, 3.1, 3.2 and Swagger 2.0 are. (at /openapi)")]
    [InlineData("""{"swagger":"1.2"}""", "Swagger \"1.2\" is not read; convert the document to OpenAPI 3. (at /swagger)")]
    [InlineData("{}", "This is no OpenAPI document: it has neither 'openapi' (such as \"3.1.0\") nor 'swagger'.")]
    [InlineData("[1]", "An OpenAPI document is an object, got the array [1].")]
    [InlineData("hello", "An OpenAPI document is an object, got the string \"hello\".")]
    [InlineData("", "The document is empty.")]
    [InlineData("{\n\"a\":1,\n\"a\":2}", "'a' stands twice in the same object. (at line 3)")]
    [InlineData("{\n\"a\":{\"b\":1,\"\\u0062\":2}}", "'b' stands twice in the same object. (at line 2)")]
    [InlineData("{\"a\":\n\"\\ud800\"}", "A string has half a surrogate pair in it, which is no character. (at line 2)")]
    public void Text_that_is_no_such_document_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<OpenApiException>(() => Read(text)).Message);

    [Theory]
    [InlineData("{\"a\":1}\n}", 2)]
    [InlineData("{\"a\":1}\n{\"a\":2}", 2)]
    [InlineData("{\"a\":1,\n\n}", 3)]
    [InlineData("{\"a\":\n", 2)]
    [InlineData("{\"a\":\n01}", 2)]
    [InlineData("{\"a\":\n'x'}", 2)]
    public void Malformed_json_is_refused_with_its_line(string text, int line) =>
        Assert.Matches($"no valid JSON.*line {line}, column", Assert.Throws<OpenApiException>(() => Read(text)).Message);

    [Fact]
    public void Deep_json_is_refused() => Assert.Equal(
        "The document nests deeper than 256 levels. (at line 1)",
        Assert.Throws<OpenApiException>(() => Read("{\"a\":" + new string('[', 1_000_000))).Message);

    [Fact]
    public void Document_that_is_too_large_is_refused_unread() => Assert.Matches(
        "^The document has 50000000 bytes, more than the 20000000 that are read",
        Assert.Throws<OpenApiException>(() => Read(new string('[', 50_000_000))).Message);

    [Fact]
    public void Long_texts_and_places_are_cut_in_messages()
    {
        var name = new string('x', 100_000);

        var fault = Assert.Throws<OpenApiException>(() => Read($$"""{"{{name}}":1,"{{name}}":2}"""));

        Assert.InRange(fault.Message.Length, 1, 500);
    }

    private static OpenApiDocument Read(string text) => OpenApiDocument.Read(text, cancellationToken: TestContext.Current.CancellationToken);
}

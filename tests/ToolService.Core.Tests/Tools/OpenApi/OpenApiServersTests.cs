using ToolService.Core.Tools.OpenApi;

namespace ToolService.Core.Tests.Tools.OpenApi;

public class OpenApiServersTests
{
    [Theory]
    [InlineData("""[{"url":"https://a.example/v1/"}]""", "https://a.example/v1/x")]
    [InlineData("""[{"url":"https://a.example"},{"url":"https://b.example"}]""", "https://a.example/x")]
    [InlineData("""[{"url":"https://{host}.example:{port}/{v}","variables":{"host":{"default":"eu"},"port":{"default":8443},"v":{"default":"v2"}}}]""", "https://eu.example:8443/v2/x")]
    [InlineData("""[{"url":"/v3"}]""", "https://docs.example/v3/x")]
    [InlineData("""[{"url":"v3"}]""", "https://docs.example/api/v3/x")]
    [InlineData("""[{"url":"//other.example/v3"}]""", "https://other.example/v3/x")]
    [InlineData("[]", "https://docs.example/x")]
    public void Url_is_that_of_the_first_server(string servers, string url) => Assert.Equal(
        url,
        ApiText.One(Servers(servers), new OpenApiImportOptions { DocumentUrl = new Uri("https://docs.example/api/openapi.json") }).Http.Url);

    [Fact]
    public void Nearest_servers_count()
    {
        var plan = ApiText.Plan(ApiText.Of("""
            {"/a":{"get":{}},"/b":{"servers":[{"url":"https://b.example"}],"get":{},"put":{"servers":[{"url":"https://c.example"}]}}}
            """));

        Assert.Equal([$"{ApiText.Server}/a", "https://b.example/b", "https://c.example/b"], plan.Operations.Select(tool => tool.Http.Url));
    }

    [Fact]
    public void Base_url_takes_the_place_of_all_servers()
    {
        var options = new OpenApiImportOptions { BaseUrl = "https://mine.example/api/" };

        Assert.Equal("https://mine.example/api/x", ApiText.One(Servers("""[{"url":"https://{no-value}"}]"""), options).Http.Url);
    }

    [Fact]
    public void Variable_in_the_options_takes_the_place_of_its_default()
    {
        const string Servers = """[{"url":"https://{region}.example","variables":{"region":{"default":"eu","enum":["eu","us"]}}}]""";
        var us = new OpenApiImportOptions { ServerVariables = new Dictionary<string, string> { ["region"] = "us" } };
        var asia = new OpenApiImportOptions { ServerVariables = new Dictionary<string, string> { ["region"] = "asia" } };

        Assert.Equal("https://us.example/x", ApiText.One(OpenApiServersTests.Servers(Servers), us).Http.Url);
        Assert.StartsWith(
            "'asia' is not among the values of the server's variable 'region'.", ApiText.Fault(OpenApiServersTests.Servers(Servers), asia), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "The document names no server, and its own '/' is relative; give the API's base URL, such as https://api.example.com/v1. (at /servers)")]
    [InlineData("""[{"url":"/v1"}]""", "The server's URL '/v1' is relative; give the API's base URL, such as https://api.example.com/v1. (at /servers/0)")]
    [InlineData("""[{"url":"ftp://a.example"}]""", "The server's URL 'ftp://a.example' must be an http or https URL. (at /servers/0)")]
    [InlineData("""[{"url":"https://u:p@a.example"}]""", "The server's URL 'https://u:p@a.example' must have no user, query, fragment or braces. (at /servers/0)")]
    [InlineData("""[{"url":"https://a.example?x=1"}]""", "The server's URL 'https://a.example?x=1' must have no user, query, fragment or braces. (at /servers/0)")]
    [InlineData("""[{"url":"https://{a}.example"}]""", "The server's variable 'a' has no value; give one, or a base URL. (at /servers/0)")]
    [InlineData("""[{"url":"https://"}]""", "The server's URL 'https://' is no URL; give the API's base URL, such as https://api.example.com/v1. (at /servers/0)")]
    [InlineData("[7]", "A server must be an object, got the number 7. (at /servers/0)")]
    public void Document_without_a_server_that_can_be_reached_is_refused(string servers, string message) =>
        Assert.Equal(message, ApiText.Fault(Servers(servers)));

    [Theory]
    [InlineData("/v1", "The base URL '/v1' is relative")]
    [InlineData("file:///etc", "The base URL 'file:///etc' must be an http or https URL.")]
    [InlineData("https://a.example/{x}", "The base URL 'https://a.example/{x}' must have no")]
    public void Base_url_that_is_none_is_refused(string url, string message) => Assert.StartsWith(
        message, ApiText.Fault(Servers("[]"), new OpenApiImportOptions { BaseUrl = url }), StringComparison.Ordinal);

    [Fact]
    public void Servers_are_listed_for_a_person_to_choose_from() => Assert.Equal(
        ["https://a.example", "/v1", "https://eu.example"],
        ApiText.Plan(
            Servers("""[{"url":"https://a.example/"},{"url":"/v1"},{"url":"https://{r}.example","variables":{"r":{"default":"eu"}}}]""")).Servers);

    private static string Servers(string servers) => $$"""{"openapi":"3.1.0","servers":{{servers}},"paths":{"/x":{"get":{} } } }""";
}

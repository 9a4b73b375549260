using Microsoft.AspNetCore.Http;
using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn.Search;

namespace ToolService.Core.Tests.Tools.BuiltIn.Search;

public class SearchToolsTests
{
    private const string Key = "BSA-secret-key";

    private const string SearXNG = """
        {"query": "eiffel tower", "number_of_results": 0, "results": [
          {"url": "https://www.toureiffel.paris/en", "title": "The Eiffel Tower", "content": "Official  site:\n tickets.", "publishedDate": null,
           "thumbnail": "", "engine": "brave", "template": "default.html", "parsed_url": ["https", "www.toureiffel.paris", "/en", "", "", ""],
           "img_src": "", "priority": "", "engines": ["brave", "duckduckgo"], "positions": [1, 1], "score": 4.0, "category": "general"},
          {"url": "https://en.wikipedia.org/wiki/Eiffel_Tower", "title": "Eiffel Tower - Wikipedia", "content": null, "engine": "duckduckgo",
           "template": "default.html", "engines": ["duckduckgo"], "positions": [2], "score": 0.5, "category": "general"},
          {"url": "javascript:alert(1)", "title": "x", "content": "x"},
          {"url": "https://www.toureiffel.paris/en", "title": "again", "content": "x"}],
         "answers": [], "corrections": [], "infoboxes": [], "suggestions": ["eiffel tower height"], "unresponsive_engines": [["google", "access denied"]]}
        """;

    private const string Brave = """
        {"query": {"original": "eiffel tower", "show_strict_warning": false, "is_navigational": true, "country": "us", "more_results_available": true},
         "mixed": {"type": "mixed", "main": [{"type": "web", "index": 0, "all": false}], "top": [], "side": []}, "type": "search",
         "web": {"type": "search", "results": [
          {"title": "Ampère &amp; the Tower&#x27;s <strong>base</strong>", "url": "https://example.org/a?b=c&d=e", "is_source_local": false,
           "description": "If a < b, the <strong>Eiffel</strong> Tower is…", "page_age": "2026-01-05T10:00:00", "language": "en", "family_friendly": true,
           "profile": {"name": "Example", "url": "https://example.org/a", "long_name": "example.org"}, "type": "search_result", "subtype": "generic",
           "meta_url": {"scheme": "https", "netloc": "example.org", "hostname": "example.org", "path": "› a"}}], "family_friendly": true}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SearXNG_finds_pages()
    {
        await using var server = await LocalServer.StartAsync(SearXNG);

        var found = await SearchAsync(SearXNGAt(server));

        Assert.Equal(
            [
                new SearchResult("The Eiffel Tower", "https://www.toureiffel.paris/en", "Official site: tickets."),
                new SearchResult("Eiffel Tower - Wikipedia", "https://en.wikipedia.org/wiki/Eiffel_Tower", ""),
            ],
            found);
    }

    [Fact]
    public async Task SearXNG_is_asked_for_json_with_the_filters()
    {
        await using var server = await LocalServer.StartAsync(SearXNG);
        using var http = TestHttp.Local();

        await Tool(http, SearXNGAt(server)).SearchAsync("eiffel tower", 1, "fr", Freshness.Week, SafeSearch.Strict, Cancel);

        Assert.Equal(["/search?theme=x&q=eiffel%20tower&format=json&safesearch=2&language=fr&time_range=week"], server.Requests);
    }

    [Fact]
    public async Task SearXNG_gets_a_key_as_a_bearer_token()
    {
        string? header = null;
        await using var server = await LocalServer.StartAsync(context =>
        {
            header = context.Request.Headers.Authorization;
            return LocalServer.AnswerAsync(context, SearXNG);
        });
        var options = SearXNGAt(server);
        options.ApiKey = Key;

        await SearchAsync(options);

        Assert.Equal($"Bearer {Key}", header);
    }

    [Fact]
    public async Task SearXNG_that_does_not_answer_in_json_is_told_with_the_remedy()
    {
        await using var server = await LocalServer.StartAsync("<h1>Forbidden</h1>", "text/html", 403);

        var failure = await FailAsync(SearXNGAt(server));

        Assert.Equal("'127.0.0.1' refuses to answer in JSON: its settings must list json under search: formats.", failure.Message);
    }

    [Fact]
    public async Task Engines_that_did_not_answer_are_not_taken_for_nothing_found()
    {
        await using var server = await LocalServer.StartAsync(
            """{"query": "x", "results": [], "unresponsive_engines": [["brave", "Suspended: too many requests"], ["google", "timeout"]]}""");

        var failure = await FailAsync(SearXNGAt(server));

        Assert.Equal("The search engines did not answer (brave: Suspended: too many requests; google: timeout); try again later.", failure.Message);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task Brave_finds_pages()
    {
        await using var server = await LocalServer.StartAsync(Brave);

        var found = await SearchAsync(BraveAt(server));

        Assert.Equal(
            [new SearchResult("Ampère & the Tower's base", "https://example.org/a?b=c&d=e", "If a < b, the Eiffel Tower is…")], found);
    }

    [Fact]
    public async Task Brave_is_asked_with_key_and_filters()
    {
        var headers = new HeaderDictionary();
        await using var server = await LocalServer.StartAsync(context =>
        {
            foreach (var header in context.Request.Headers)
                headers.Add(header);
            return LocalServer.AnswerAsync(context, Brave);
        });
        using var http = TestHttp.Local();

        await Tool(http, BraveAt(server)).SearchAsync("eiffel tower", 7, "pt", Freshness.Year, null, Cancel);

        Assert.Equal(
            ["/res/v1/web/search?q=eiffel%20tower&count=7&safesearch=moderate&result_filter=web&text_decorations=false&search_lang=pt-br&freshness=py"],
            server.Requests);
        Assert.Equal(Key, headers["X-Subscription-Token"]);
        Assert.Equal("application/json", headers["Accept"]);
    }

    [Fact]
    public async Task Brave_that_finds_nothing_is_an_empty_list()
    {
        await using var server = await LocalServer.StartAsync("""{"query": {"original": "xyzzy"}, "type": "search"}""");

        Assert.Empty(await SearchAsync(BraveAt(server)));
    }

    [Theory]
    [InlineData(401, "{}")]
    [InlineData(403, "{}")]
    [InlineData(422, """{"type": "ErrorResponse", "error": {"id": "1", "status": 422, "code": "SUBSCRIPTION_TOKEN_INVALID", "detail": "The provided subscription token is invalid.", "meta": {"component": "authentication"}}, "time": 1}""")]
    public async Task Brave_that_refuses_the_key_is_told_without_the_key(int status, string body)
    {
        await using var server = await LocalServer.StartAsync(body, status: status);

        var failure = await FailAsync(BraveAt(server));

        Assert.Equal("'127.0.0.1' refuses the key in Search:ApiKey.", failure.Message);
        Assert.False(failure.Retryable);
        Assert.DoesNotContain(Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Brave_that_refuses_a_parameter_is_told_with_its_reason()
    {
        await using var server = await LocalServer.StartAsync(
            """{"type": "ErrorResponse", "error": {"status": 422, "code": "VALIDATION", "detail": "Unable to validate request parameter(s)"}}""", status: 422);

        Assert.Equal("'127.0.0.1' refuses the search: Unable to validate request parameter(s).", (await FailAsync(BraveAt(server))).Message);
    }

    [Fact]
    public async Task Too_many_requests_are_retryable_after_the_time_that_was_named()
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return LocalServer.AnswerAsync(context, """{"type": "ErrorResponse", "error": {"status": 429, "code": "RATE_LIMITED"}}""", status: 429);
        });

        var failure = await FailAsync(BraveAt(server));

        Assert.True(failure.Retryable);
        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
    }

    [Fact]
    public async Task Call_cannot_be_less_strict_than_the_operator()
    {
        await using var server = await LocalServer.StartAsync(SearXNG);
        using var http = TestHttp.Local();
        var options = SearXNGAt(server);
        options.SafeSearch = SafeSearch.Strict;

        await Tool(http, options).SearchAsync("x", 1, null, null, SafeSearch.Off, Cancel);

        Assert.Contains("safesearch=2", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_texts_are_shortened()
    {
        var text = new string('x', 9_000);
        await using var server = await LocalServer.StartAsync($$$"""{"results": [{"url": "https://example.org/", "title": "{{{text}}}", "content": "{{{text}}}"}]}""");

        var page = Assert.Single(await SearchAsync(SearXNGAt(server)));

        Assert.Equal((200, 500), (page.Title.Length, page.Snippet.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"results": 5, "web": 5}""")]
    public async Task Answer_of_another_form_is_a_clear_failure(string body)
    {
        await using var server = await LocalServer.StartAsync(body);

        foreach (var options in new[] { SearXNGAt(server), BraveAt(server) })
            Assert.Equal("'127.0.0.1' did not answer in the form that this tool understands.", (await FailAsync(options)).Message);
    }

    [Fact]
    public void There_is_no_tool_until_somebody_searches()
    {
        using var http = TestHttp.Local();

        Assert.Empty(WebSearchTools.Instances(http, new SearchOptions()));
    }

    private static SearchOptions SearXNGAt(LocalServer server) =>
        new() { Provider = SearchProvider.SearXNG, Url = new Uri(server.Url, "/search?theme=x") };

    private static SearchOptions BraveAt(LocalServer server) =>
        new() { Provider = SearchProvider.Brave, Url = new Uri(server.Url, "/res/v1/web/search"), ApiKey = Key };

    private static WebSearchTools Tool(ToolService.Core.Tools.Http.GuardedHttp http, SearchOptions options) => WebSearchTools.Instances(http, options).Single();

    private static async Task<IReadOnlyList<SearchResult>> SearchAsync(SearchOptions options)
    {
        using var http = TestHttp.Local();
        return await Tool(http, options).SearchAsync("eiffel tower", cancellationToken: Cancel);
    }

    private static Task<ToolException> FailAsync(SearchOptions options) => Assert.ThrowsAsync<ToolException>(() => SearchAsync(options));
}

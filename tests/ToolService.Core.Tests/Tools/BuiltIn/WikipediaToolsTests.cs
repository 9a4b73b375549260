using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class WikipediaToolsTests
{
    private const string Found = """
        {"batchcomplete":true,"continue":{"gsroffset":2,"continue":"gsroffset||"},"query":{"pages":[
         {"pageid":3,"ns":0,"title":"Tower (disambiguation)","index":2,"extract":"","fullurl":"https://en.wikipedia.org/wiki/Tower_(disambiguation)"},
         {"pageid":9232,"ns":0,"title":"Eiffel Tower","index":1,"extract":"The Eiffel Tower is a lattice tower.",
          "contentmodel":"wikitext","fullurl":"https://en.wikipedia.org/wiki/Eiffel_Tower","editurl":"https://en.wikipedia.org/w/index.php?title=Eiffel_Tower&action=edit"}]}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Articles_are_returned_in_the_order_of_the_search()
    {
        await using var server = await LocalServer.StartAsync(Found);
        using var http = TestHttp.Local();

        var articles = await new WikipediaTools(new(http), TestOptions.All(server.Url)).SearchAsync("eiffel tower", 2, Cancel);

        Assert.Equal(
            [
                new WikipediaArticle("Eiffel Tower", "https://en.wikipedia.org/wiki/Eiffel_Tower", "The Eiffel Tower is a lattice tower."),
                new WikipediaArticle("Tower (disambiguation)", "https://en.wikipedia.org/wiki/Tower_(disambiguation)", ""),
            ],
            articles);
        Assert.Contains("generator=search&gsrsearch=eiffel%20tower&gsrlimit=2&", server.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_is_an_empty_list()
    {
        await using var server = await LocalServer.StartAsync("""{"batchcomplete":true}""");
        using var http = TestHttp.Local();

        Assert.Empty(await new WikipediaTools(new(http), TestOptions.All(server.Url)).SearchAsync("xyzzy", 3, Cancel));
    }

    [Fact]
    public async Task A_long_introduction_is_shortened()
    {
        await using var server = await LocalServer.StartAsync($$$"""{"query":{"pages":[{"title":"Long","index":1,"extract":"{{{new string('x', 9_000)}}}"}]}}""");
        using var http = TestHttp.Local();

        var articles = await new WikipediaTools(new(http), TestOptions.All(server.Url)).SearchAsync("long", 1, Cancel);

        Assert.Equal(1_000, articles.Single().Summary!.Length);
    }

    [Fact]
    public async Task An_error_of_the_api_is_a_failure_with_its_reason()
    {
        await using var server =
            await LocalServer.StartAsync("""{"error":{"code":"cirrussearch-too-busy-error","info":"Search is currently too busy."}}""");
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => new WikipediaTools(new(http), TestOptions.All(server.Url)).SearchAsync("x", 1, Cancel));

        Assert.Equal("'127.0.0.1' refused the search: Search is currently too busy.", failure.Message);
    }
}

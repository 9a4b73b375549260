using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class WebPageToolsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_returned_as_readable_text()
    {
        await using var server = await LocalServer.StartAsync(
            """
            <!doctype html><html><head><title> A &amp;
              page </title><style>p { color: red }</style><script>alert("no")</script></head>
            <body><nav><a href="/">Home</a></nav><h1>Head&shy;line</h1><p>One  <b>bold</b>
            line.<br>Next</p><ul><li><p>first</p></li><li></li><li>second <a href="/more">more</a></li></ul>
            <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
            <pre>x  =  1
              y</pre><p hidden>hidden</p><div aria-hidden="true">hidden</div><noscript>no script</noscript><footer>Imprint</footer></body></html>
            """,
            "text/html; charset=utf-8");

        var page = await ReadAsync(server, "/page?q=1#part");

        Assert.Equal(new Uri(server.Url, "/page?q=1").AbsoluteUri, page.Url);
        Assert.Equal("A & page", page.Title);
        Assert.Equal("# Head\u00ADline\n\nOne bold line.\nNext\n\n- first\n\n- second more\n\na | b\n1 | 2\n\nx  =  1\n  y", page.Text);
        Assert.Equal(2, page.Links);
        Assert.False(page.Truncated);
    }

    [Fact]
    public async Task The_main_part_is_taken_where_there_is_one()
    {
        var story = string.Join(' ', Enumerable.Repeat("story", 50));
        await using var server =
            await LocalServer.StartAsync($"<body><div>Advertisement</div><main><p>{story}</p></main></body>", "text/html");

        Assert.Equal(story, (await ReadAsync(server)).Text);
    }

    [Fact]
    public async Task An_empty_main_part_is_not_the_page()
    {
        var story = string.Join(' ', Enumerable.Repeat("story", 50));
        await using var server = await LocalServer.StartAsync($"<body><main></main><p>{story}</p></body>", "text/html");

        Assert.Equal(story, (await ReadAsync(server)).Text);
    }

    [Theory]
    [InlineData("<p>un<b>closed", "unclosed")]
    [InlineData("</div></p>text<", "text<")]
    [InlineData("", "")]
    [InlineData("<", "<")]
    [InlineData("a\0b\u0007c", "abc")]
    [InlineData("<frameset><frame></frameset>", "")]
    [InlineData("<!--", "")]
    public async Task Malformed_html_is_read_as_browsers_do(string html, string expected)
    {
        await using var server = await LocalServer.StartAsync(html, "text/html");

        Assert.Equal(expected, (await ReadAsync(server)).Text);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    public async Task Other_text_is_returned_as_it_is(string contentType)
    {
        await using var server = await LocalServer.StartAsync("{ \"a\":  \"<b>\" }\r\n", contentType);

        var page = await ReadAsync(server);

        Assert.Equal("{ \"a\":  \"<b>\" }\n", page.Text);
        Assert.Null(page.Title);
    }

    [Theory]
    [InlineData("<html><p>text", "text")]
    [InlineData("plain", "plain")]
    public async Task A_page_without_a_type_is_recognised(string body, string expected)
    {
        await using var server = await LocalServer.StartAsync(context => LocalServer.AnswerAsync(context, body, null!));

        Assert.Equal(expected, (await ReadAsync(server)).Text);
    }

    [Theory]
    [InlineData("application/pdf", "'127.0.0.1' answered with application/pdf, which is not text.")]
    [InlineData(null, "'127.0.0.1' answered with something that is not text.")]
    public async Task What_is_not_text_is_refused(string? contentType, string message)
    {
        await using var server = await LocalServer.StartAsync(context => LocalServer.AnswerAsync(context, "\u0001\0\0", contentType!));

        Assert.Equal(message, (await Assert.ThrowsAsync<ToolException>(() => ReadAsync(server))).Message);
    }

    [Fact]
    public async Task Text_is_cut_to_the_length_asked_for()
    {
        await using var server = await LocalServer.StartAsync($"<p>{string.Concat(Enumerable.Repeat("😀", 500))}", "text/html");

        var page = await ReadAsync(server, maxCharacters: 101);

        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 50)) + "…", page.Text);
        Assert.True(page.Truncated);
    }

    [Fact]
    public async Task A_page_beyond_the_size_limit_is_read_as_far_as_it_goes()
    {
        await using var server = await LocalServer.StartAsync("<p>begin</p><!--" + new string('x', 100_000) + "--><p>end</p>", "text/html");
        using var http = TestHttp.Local(maxBytes: 10_000);

        var page =
            await new WebPageTools(http, new PageReader(TimeProvider.System)).ReadAsync(server.Url.AbsoluteUri, cancellationToken: Cancel);

        Assert.Equal("begin", page.Text);
        Assert.True(page.Truncated);
    }

    [Fact]
    public async Task A_page_that_does_not_exist_is_a_failure()
    {
        await using var server = await LocalServer.StartAsync("<h1>Not found</h1>", "text/html", 404);

        Assert.Equal("'127.0.0.1' answered with status 404.", (await Assert.ThrowsAsync<ToolException>(() => ReadAsync(server))).Message);
    }

    [Theory]
    [InlineData("not a url")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://192.168.0.1/admin")]
    public async Task A_place_that_is_not_the_web_is_refused(string url)
    {
        using var http = TestHttp.Local();

        var tools = new WebPageTools(http, new PageReader(TimeProvider.System));

        Assert.False((await Assert.ThrowsAsync<ToolException>(() => tools.ReadAsync(url, cancellationToken: Cancel))).Retryable);
    }

    [Fact]
    public void A_page_nested_to_keep_the_parser_busy_is_given_up()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 400_000));

        var failure = Assert.Throws<ToolException>(() => new PageReader(TimeProvider.System).Read(html, Cancel));

        Assert.Equal("The page is nested so deeply that it cannot be read.", failure.Message);
    }

    [Fact]
    public void A_page_nested_ten_thousand_deep_is_read()
    {
        var html = string.Concat(Enumerable.Repeat("<span>", 10_000)) + "deep";

        Assert.Equal("deep", new PageReader(TimeProvider.System).Read(html, Cancel).Text);
    }

    [Fact]
    public void Reading_stops_when_the_caller_gives_up()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();

        Assert.Throws<OperationCanceledException>(() => new PageReader(TimeProvider.System).Read("<p>text", gone.Token));
    }

    private static async Task<WebPage> ReadAsync(LocalServer server, string path = "/", int maxCharacters = 8_000)
    {
        using var http = TestHttp.Local();
        return await new WebPageTools(http, new PageReader(TimeProvider.System)).ReadAsync(new Uri(server.Url, path).AbsoluteUri, maxCharacters, Cancel);
    }
}

using System.Net;
using Microsoft.AspNetCore.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.Http;

public class RedirectTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_relative_redirect_is_followed(int status)
    {
        await using var server = await LocalServer.StartAsync(context => context.Request.Path == "/start"
            ? RedirectAsync(context, "/end?x=1", status)
            : LocalServer.AnswerAsync(context, "arrived", "text/plain"));
        using var http = TestHttp.Local();

        var answer = await http.GetAsync(new Uri(server.Url, "/start"), "*/*", Cancel);

        Assert.Equal("arrived", answer.Text);
        Assert.Equal(new Uri(server.Url, "/end?x=1"), answer.Url);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "has a cloud metadata address")]
    [InlineData("http://10.0.0.1/", "has a private address")]
    [InlineData("//[::1]:8080/", "has a loopback address")]
    [InlineData("http://rebind.example/", "has a private address")]
    [InlineData("file:///etc/passwd", "Only http and https")]
    [InlineData("ftp://example.org/", "Only http and https")]
    [InlineData("http://user:secret@example.org/", "user name or password")]
    [InlineData("http://example.org:22/", "Port 22 is not opened")]
    public async Task A_redirect_to_a_forbidden_place_is_refused(string location, string reason)
    {
        await using var server = await LocalServer.StartAsync(context => RedirectAsync(context, location));
        using var http = TestHttp.Create(TestHttp.Loopback, _ => ["10.0.0.1"]);

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loop_ends_after_five_redirects()
    {
        await using var server = await LocalServer.StartAsync(context => RedirectAsync(context, "/"));
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal("'127.0.0.1' redirects more than 5 times.", failure.Message);
        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public void A_redirect_from_https_to_http_is_refused()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.Location = new Uri("http://example.org/");

        var failure = Assert.Throws<ToolException>(() => Redirect.Target(new Uri("https://example.org/"), response));

        Assert.Equal("'example.org' redirects from https to http, which is not followed.", failure.Message);
    }

    [Fact]
    public async Task Headers_of_the_caller_stay_with_the_first_origin()
    {
        List<(string Path, string Key)> seen = [];
        Task Record(HttpContext context, string? next)
        {
            seen.Add((context.Request.Path, context.Request.Headers["X-Api-Key"].ToString()));
            return next is null ? LocalServer.AnswerAsync(context, "arrived", "text/plain") : RedirectAsync(context, next);
        }

        await using var other = await LocalServer.StartAsync(context => Record(context, null));
        await using var server = await LocalServer.StartAsync(context =>
            Record(context, context.Request.Path == "/one" ? "/two" : new Uri(other.Url, "/three").AbsoluteUri));
        using var http = TestHttp.Local();

        var request =
            new HttpTextRequest(new Uri(server.Url, "/one"), "*/*") { Headers = new Dictionary<string, string> { ["X-Api-Key"] = "k" } };
        await http.GetAsync(request, Cancel);

        Assert.Equal([("/one", "k"), ("/two", "k"), ("/three", "")], seen);
    }

    private static Task RedirectAsync(HttpContext context, string location, int status = 302)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}

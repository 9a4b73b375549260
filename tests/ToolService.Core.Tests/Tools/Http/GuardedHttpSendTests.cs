using System.Net;
using System.Net.Sockets;
using System.Text;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.Http;

public class GuardedHttpSendTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_carries_method_headers_and_body_and_returns_the_whole_answer()
    {
        var seen = "";
        await using var server = await LocalServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Method} {context.Request.ContentType} {context.Request.Headers["X-Key"]} {await reader.ReadToEndAsync(Cancel)}";
            context.Response.Headers.ETag = "\"1\"";
            await LocalServer.AnswerAsync(context, "{\"a\":1}", "Application/JSON; charset=utf-8", 404);
        });
        using var http = TestHttp.Local();

        var answer = await http.SendAsync(
            new HttpSend(HttpMethod.Patch, server.Url)
            {
                Headers = [new("X-Key", "k")],
                Body = Encoding.UTF8.GetBytes("{}"),
                ContentType = "application/merge-patch+json",
            },
            Cancel);

        Assert.Equal("PATCH application/merge-patch+json k {}", seen);
        Assert.Equal((HttpStatusCode.NotFound, "application/json", false), (answer.Status, answer.MediaType, answer.Truncated));
        Assert.Equal(("{\"a\":1}", "\"1\""), (answer.ReadText(), answer.Headers["etag"]));
    }

    [Theory]
    [InlineData("GET", 302)]
    [InlineData("GET", 307)]
    [InlineData("HEAD", 301)]
    [InlineData("POST", 303)]
    public async Task Redirects_are_followed_where_nothing_is_sent_twice_by_that(string method, int status)
    {
        List<string> seen = [];
        await using var server = await LocalServer.StartAsync(context =>
        {
            seen.Add($"{context.Request.Method} {context.Request.Path} {context.Request.ContentLength}");
            context.Response.Headers.Location = "/next";
            return LocalServer.AnswerAsync(context, "", status: context.Request.Path == "/next" ? 200 : status);
        });
        using var http = TestHttp.Local();
        ReadOnlyMemory<byte>? body = method == "POST" ? new([1]) : null;

        var answer = await http.SendAsync(new HttpSend(HttpMethod.Parse(method), new Uri(server.Url, "/first")) { Body = body }, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal([$"{method} /first {body?.Length}", $"{(method == "HEAD" ? "HEAD" : "GET")} /next "], seen);
    }

    [Theory]
    [InlineData("POST", 301)]
    [InlineData("POST", 307)]
    [InlineData("PUT", 308)]
    [InlineData("DELETE", 302)]
    public async Task Other_redirects_are_a_failure_that_says_so(string method, int status)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Headers.Location = "/next";
            return LocalServer.AnswerAsync(context, "", status: status);
        });
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.SendAsync(new HttpSend(HttpMethod.Parse(method), server.Url), Cancel));

        Assert.Contains($"answered {method} with a redirect (status {status})", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Headers_stay_with_the_origin()
    {
        var elsewhere = "";
        await using var other = await LocalServer.StartAsync(context =>
        {
            var headers = context.Request.Headers;
            elsewhere = $"{headers.Authorization}|{headers.Cookie}|{headers.Accept}";
            return LocalServer.AnswerAsync(context, "ok");
        });
        await using var first = await LocalServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Url.ToString());
            return Task.CompletedTask;
        });
        using var http = TestHttp.Local();

        await http.SendAsync(
            new HttpSend(HttpMethod.Get, first.Url) { Headers = [new("Authorization", "Bearer x"), new("Cookie", "a=b"), new("Accept", "text/plain")] },
            Cancel);

        Assert.Equal("||text/plain", elsewhere);
    }

    [Theory]
    [InlineData("GET", 503, null, true)]
    [InlineData("PUT", 500, null, true)]
    [InlineData("POST", 429, null, true)]
    [InlineData("POST", 503, "1", true)]
    [InlineData("POST", 503, null, false)]
    [InlineData("POST", 408, null, false)]
    [InlineData("PATCH", 500, null, false)]
    public async Task A_status_that_may_pass_is_retryable_where_sending_again_does_no_harm(string method, int status, string? retryAfter, bool retryable)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = retryAfter;
            return LocalServer.AnswerAsync(context, "", status: status);
        });
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.SendAsync(new HttpSend(HttpMethod.Parse(method), server.Url), Cancel));

        Assert.Equal(retryable, failure.Retryable);
        Assert.Equal(!retryable, failure.Message.Contains("not known whether the request took effect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_post_that_never_left_is_retryable()
    {
        using var http = TestHttp.Local();
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var url = new Uri($"http://{closed.LocalEndpoint}/");
        closed.Stop();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.SendAsync(new HttpSend(HttpMethod.Post, url), Cancel));

        Assert.True(failure.Retryable, failure.Message);
    }

    [Theory]
    [InlineData("POST", false, 1)]
    [InlineData("DELETE", true, 2)]
    public async Task A_kept_connection_that_closes_repeats_only_what_may_be_repeated(string method, bool mayRunAgain, int sent)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heads = new List<string>();
        var serving = ServeAsync(listener, heads);
        using var http = TestHttp.Local();
        var url = new Uri($"http://{listener.LocalEndpoint}/");

        await http.SendAsync(new HttpSend(HttpMethod.Get, url), Cancel);
        var second = await Record.ExceptionAsync(() => http.SendAsync(
            new HttpSend(HttpMethod.Parse(method), url) { MayRunAgain = mayRunAgain }, Cancel));

        Assert.Equal(mayRunAgain, second is null);
        Assert.Equal(sent, heads.Count(head => head.StartsWith(method, StringComparison.Ordinal)));
        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task Secrets_go_over_plain_http_to_listed_networks_only()
    {
        await using var server = await LocalServer.StartAsync("ok", "text/plain");
        using var listed = TestHttp.Local();
        using var unlisted = TestHttp.Create(new HttpOptions(), _ => ["93.184.215.14"]);

        var answer = await listed.SendAsync(new HttpSend(HttpMethod.Get, server.Url) { IsConfidential = true }, Cancel);
        var failure = await Assert.ThrowsAsync<ToolException>(
            () => unlisted.SendAsync(new HttpSend(HttpMethod.Get, new Uri("http://api.example.org/")) { IsConfidential = true }, Cancel));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            "Secrets are not sent to 'api.example.org' over plain http: use https, or list its private network in Http:AllowPrivateNetworks.",
            failure.Message);
    }

    [Fact]
    public async Task Redirect_to_a_metadata_address_is_refused()
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Redirect("http://169.254.169.254/latest/meta-data/");
            return Task.CompletedTask;
        });
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.SendAsync(new HttpSend(HttpMethod.Get, server.Url), Cancel));

        Assert.Contains("cloud metadata address", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_means_another_address_when_it_is_opened_is_refused()
    {
        await using var server = await LocalServer.StartAsync("inner");
        var asked = 0;
        using var http = TestHttp.Create(new HttpOptions(), _ => asked++ == 0 ? ["93.184.215.14"] : ["127.0.0.1"]);
        var url = new Uri($"http://rebinding.example:{server.Url.Port}/");
        await http.CheckAsync(url, Cancel);

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.SendAsync(new HttpSend(HttpMethod.Post, url), Cancel));

        Assert.Contains("has a loopback address", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Body_that_never_ends_is_cut()
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[8192], context.RequestAborted);
        });
        using var http = TestHttp.Local(maxBytes: 50_000);

        var answer = await http.SendAsync(new HttpSend(HttpMethod.Get, server.Url) { MaxBytes = 10_000 }, Cancel);
        var bounded = await http.SendAsync(new HttpSend(HttpMethod.Get, server.Url) { MaxBytes = 1_000_000 }, Cancel);

        Assert.Equal((10_000, true), (answer.Bytes.Length, answer.Truncated));
        Assert.Equal((50_000, true), (bounded.Bytes.Length, bounded.Truncated));
    }

    [Fact]
    public async Task Body_that_does_not_come_ends_with_the_time()
    {
        await using var server = await LocalServer.StartHangingAsync();
        using var http = TestHttp.Local(timeout: TimeSpan.FromSeconds(30));

        var failure = await Assert.ThrowsAsync<ToolException>(
            () => http.SendAsync(new HttpSend(HttpMethod.Get, server.Url) { Timeout = TimeSpan.FromMilliseconds(200) }, Cancel));

        Assert.Equal(("'127.0.0.1' did not answer within 0.2 seconds.", true), (failure.Message, failure.Retryable));
    }

    [Fact]
    public async Task Header_of_a_hundred_megabytes_is_refused_while_it_comes()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sent = FloodAsync(listener);
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(
            () => http.SendAsync(new HttpSend(HttpMethod.Get, new Uri($"http://{listener.LocalEndpoint}/")), Cancel));

        Assert.Equal("'127.0.0.1' answered with headers that are too large.", failure.Message);
        Assert.InRange(await sent, 1, 20_000_000);
    }

    private static async Task<long> FloodAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        var stream = client.GetStream();
        var chunk = Enumerable.Repeat((byte)'a', 65_536).ToArray();
        long sent = 0;
        try
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nX-Long: "u8.ToArray(), Cancel);
            for (; sent < 100_000_000; sent += chunk.Length)
                await stream.WriteAsync(chunk, Cancel);
        }
        catch (IOException)
        {
            // The client left, as it should.
        }

        return sent;
    }

    /// <summary>Answers a connection's first request, and closes the connection when its second one has come.</summary>
    private static async Task ServeAsync(TcpListener listener, List<string> heads)
    {
        try
        {
            for (var connection = 0; ; connection++)
            {
                using var client = await listener.AcceptTcpClientAsync(Cancel);
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
                for (var answered = 0; answered <= 1 && await HeadAsync(reader) is { } head; answered++)
                {
                    heads.Add(head);
                    if (answered == 0)
                        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Cancel);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task<string?> HeadAsync(StreamReader reader)
    {
        var first = await reader.ReadLineAsync(Cancel);
        while (await reader.ReadLineAsync(Cancel) is { Length: > 0 })
        {
        }

        return first;
    }
}

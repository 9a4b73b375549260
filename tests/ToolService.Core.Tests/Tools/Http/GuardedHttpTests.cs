using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.Http;

public class GuardedHttpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_returns_status_type_text_and_address()
    {
        await using var server = await LocalServer.StartAsync("{\"a\":\"é\"}", "Application/JSON; charset=utf-8", 404);
        using var http = TestHttp.Local();

        var answer = await http.GetAsync(new Uri(server.Url, "/x?y=1"), "application/json", Cancel);

        Assert.Equal(
            new HttpText(HttpStatusCode.NotFound, new Uri(server.Url, "/x?y=1"), "application/json", "{\"a\":\"é\"}", false),
            answer);
        Assert.Equal("'127.0.0.1' answered with status 404.", Assert.Throws<ToolException>(answer.RequireSuccess).Message);
    }

    [Fact]
    public async Task Get_identifies_the_service_and_sends_no_trace_or_cookie()
    {
        Dictionary<string, string> headers = [];
        await using var server = await LocalServer.StartAsync(context =>
        {
            headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            context.Response.Headers.SetCookie = "a=b";
            return LocalServer.AnswerAsync(context, "ok", "text/plain");
        });
        using var http = TestHttp.Local();
        using var activity = new System.Diagnostics.Activity("test").Start();

        await http.GetAsync(server.Url, "text/plain", Cancel);
        await http.GetAsync(server.Url, "text/plain", Cancel);

        Assert.Equal("ToolService/0.1", headers["User-Agent"]);
        Assert.Equal("text/plain", headers["Accept"]);
        Assert.False(headers.ContainsKey("traceparent"));
        Assert.False(headers.ContainsKey("Cookie"));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_that_may_pass_is_a_retryable_failure(int status)
    {
        await using var server = await LocalServer.StartAsync("secret detail", "text/plain", status);
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.True(failure.Retryable);
        Assert.Null(failure.RetryAfter);
        Assert.Contains($"status {status}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Fri, 20 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Fri, 20 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task Retry_after_is_read_as_seconds_or_date(string header, int? seconds)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = header;
            return LocalServer.AnswerAsync(context, "", "text/plain", 429);
        });
        using var http = TestHttp.Local(time: new FixedTime(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero)));

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, failure.RetryAfter);
    }

    [Fact]
    public async Task A_huge_body_is_read_to_the_limit_and_no_further()
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            var chunk = Encoding.ASCII.GetBytes(new string('x', 10_000));
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        using var http = TestHttp.Local(maxBytes: 50_000);

        var answer = await http.GetAsync(server.Url, "*/*", Cancel);

        Assert.True(answer.Truncated);
        Assert.Equal(50_000, answer.Text.Length);
    }

    [Fact]
    public async Task A_body_of_exactly_the_limit_is_whole()
    {
        await using var server = await LocalServer.StartAsync(new string('x', 5_000), "text/plain");
        using var http = TestHttp.Local(maxBytes: 5_000);

        var answer = await http.GetAsync(server.Url, "*/*", Cancel);

        Assert.False(answer.Truncated);
        Assert.Equal(5_000, answer.Text.Length);
    }

    [Fact]
    public async Task A_gzip_bomb_is_unpacked_to_the_limit_and_no_further()
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 100; i++)
                await gzip.WriteAsync(new byte[1_000_000], Cancel);
        await using var server = await LocalServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync(bomb.ToArray(), context.RequestAborted);
        });
        using var http = TestHttp.Local(maxBytes: 100_000);

        var answer = await http.GetAsync(server.Url, "*/*", Cancel);

        Assert.True(answer.Truncated);
        Assert.Equal(100_000, answer.Text.Length);
    }

    [Fact]
    public async Task A_body_that_is_not_the_gzip_it_claims_is_a_clear_failure()
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return LocalServer.AnswerAsync(context, "not gzip at all", "text/plain");
        });
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal("'127.0.0.1' answered with a body that cannot be decompressed.", failure.Message);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_given_up_after_the_timeout()
    {
        await using var server = await LocalServer.StartHangingAsync();
        using var http = TestHttp.Local(timeout: TimeSpan.FromMilliseconds(200));

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal("'127.0.0.1' did not answer within 0.2 seconds.", failure.Message);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using var caller = new CancellationTokenSource();
        await using var server = await LocalServer.StartAsync(async context =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var http = TestHttp.Local();

        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.GetAsync(server.Url, "*/*", caller.Token));

        Assert.Equal(caller.Token, e.CancellationToken);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_body_is_a_retryable_failure()
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = 1_000;
            await context.Response.WriteAsync("start", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal("'127.0.0.1' broke the connection off.", failure.Message);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task A_closed_port_is_a_retryable_failure()
    {
        var server = await LocalServer.StartAsync("");
        await server.DisposeAsync();
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal($"'127.0.0.1' could not be connected to on port {server.Url.Port}.", failure.Message);
        Assert.True(failure.Retryable);
    }

    [Fact]
    public async Task Headers_beyond_the_limit_are_refused()
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Headers["X-Long"] = new string('x', 60_000);
            return LocalServer.AnswerAsync(context, "ok", "text/plain");
        });
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal("'127.0.0.1' answered with headers that are too large.", failure.Message);
        Assert.False(failure.Retryable);
    }

    [Fact]
    public async Task An_answer_that_is_not_text_is_refused_unread()
    {
        await using var server = await LocalServer.StartAsync("...", "image/png");
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(server.Url, "*/*", Cancel));

        Assert.Equal("'127.0.0.1' answered with image/png, which is not text.", failure.Message);
    }

    [Theory]
    [InlineData("text/html; charset=windows-1252", "80", "€")]
    [InlineData("text/html; charset=iso-8859-1", "80", "€")]
    [InlineData("text/html; charset=shift_jis", "93FA967B", "日本")]
    [InlineData("text/plain", "EFBBBFC3A9", "é")]
    [InlineData("text/plain; charset=nonsense", "C3A9", "é")]
    [InlineData("text/plain; charset=utf-7", "2B2D", "+-")]
    [InlineData("text/plain; charset=utf-8", "FF", "\uFFFD")]
    public async Task Text_is_decoded_by_its_charset(string contentType, string hex, string expected)
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            context.Response.ContentType = contentType;
            await context.Response.Body.WriteAsync(Convert.FromHexString(hex), context.RequestAborted);
        });
        using var http = TestHttp.Local();

        Assert.Equal(expected, (await http.GetAsync(server.Url, "*/*", Cancel)).Text);
    }

    [Fact]
    public async Task Text_is_decoded_by_the_pages_own_declaration()
    {
        await using var server = await LocalServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes("<html><meta charset=\"windows-1251\">\u00E4\u00E0"), context.RequestAborted);
        });
        using var http = TestHttp.Local();

        Assert.EndsWith("да", (await http.GetAsync(server.Url, "*/*", Cancel)).Text, StringComparison.Ordinal);
    }
}

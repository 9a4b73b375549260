using System.Net.Sockets;
using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.Http;

public class GuardedHttpAddressTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0177.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0x7f000001")]
    [InlineData("0")]
    [InlineData("[::]")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[64:ff9b::127.0.0.1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("127。0。0。1")]
    public async Task Loopback_is_not_opened_however_it_is_written(string host)
    {
        await using var server = await LocalServer.StartAsync("secret", "text/plain");
        using var http = TestHttp.Create(new HttpOptions(), _ => ["127.0.0.1"]);

        var url = UrlRules.Parse($"http://{host}:{server.Url.Port}/");
        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(url, "*/*", Cancel));

        Assert.Contains("the operator can permit it with Http:AllowPrivateNetworks", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.Retryable);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("127.0.0.1.")]
    [InlineData("service.internal")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("bücher.example")]
    public async Task A_name_is_judged_by_its_address(string host)
    {
        await using var server = await LocalServer.StartAsync("secret", "text/plain");
        using var http = TestHttp.Create(new HttpOptions(), _ => ["127.0.0.1"]);

        var url = new Uri($"http://{host}:{server.Url.Port}/");
        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(url, "*/*", Cancel));

        Assert.Contains("has a loopback address", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task The_refused_address_is_for_the_log_not_for_the_model()
    {
        using var http = TestHttp.Create(new HttpOptions(), _ => ["10.1.2.3"]);

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(new Uri("http://db.internal/"), "*/*", Cancel));

        Assert.Equal(
            "'db.internal' has a private address, which this service does not open; the operator can permit it with Http:AllowPrivateNetworks.",
            failure.Message);
        Assert.Contains("10.1.2.3", failure.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_the_connection_goes_to_the_checked_address()
    {
        await using var server = await LocalServer.StartAsync("hello", "text/plain");
        var answers = new Queue<string[]>([["127.0.0.1"], ["10.0.0.1"]]);
        using var http = TestHttp.Create(TestHttp.Loopback, _ => answers.Dequeue());

        var answer = await http.GetAsync(new Uri($"http://rebind.example:{server.Url.Port}/"), "*/*", Cancel);

        Assert.Equal("hello", answer.Text);
        Assert.Single(answers);
    }

    [Fact]
    public async Task Of_several_addresses_only_acceptable_ones_are_tried()
    {
        await using var server = await LocalServer.StartAsync("hello", "text/plain");
        using var http =
            TestHttp.Create(new HttpOptions { AllowPrivateNetworks = ["127.0.0.1/32"] }, _ => ["127.0.0.2", "10.0.0.1", "127.0.0.1"]);

        var answer = await http.GetAsync(new Uri($"http://many.example:{server.Url.Port}/"), "*/*", Cancel);

        Assert.Equal("hello", answer.Text);
    }

    [Fact]
    public async Task A_failing_address_gives_way_to_the_next()
    {
        await using var server = await LocalServer.StartAsync("hello", "text/plain");
        using var http = TestHttp.Create(TestHttp.Loopback, _ => ["127.0.0.9", "127.0.0.1"]);

        var answer = await http.GetAsync(new Uri($"http://many.example:{server.Url.Port}/"), "*/*", Cancel);

        Assert.Equal("hello", answer.Text);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, false)]
    [InlineData(SocketError.TryAgain, true)]
    public async Task A_name_that_cannot_be_resolved_is_a_clear_failure(SocketError error, bool retryable)
    {
        using var http = TestHttp.Create(new HttpOptions(), _ => throw new SocketException((int)error));

        var failure = await Assert.ThrowsAsync<ToolException>(() => http.GetAsync(new Uri("http://nowhere.example/"), "*/*", Cancel));

        Assert.Equal("The host 'nowhere.example' cannot be found.", failure.Message);
        Assert.Equal(retryable, failure.Retryable);
    }

    [Fact]
    public async Task The_handler_for_other_clients_keeps_the_same_rules()
    {
        await using var server = await LocalServer.StartAsync("secret", "text/plain");
        using var http = TestHttp.Create(new HttpOptions());
        using var client = new HttpClient(http.Handler, disposeHandler: false);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(server.Url, Cancel));

        Assert.IsType<ToolException>(failure.InnerException);
        Assert.Empty(server.Requests);
    }
}

using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.BuiltIn;

/// <summary>What every tool that asks a service does when the service does not do its part.</summary>
public class ServiceFailureTests
{
    private static readonly Dictionary<string, Func<GuardedHttp, BuiltInToolsOptions, CancellationToken, Task>> Tools = new()
    {
        ["get_ip_address"] = (http, options, ct) => new NetworkTools(new(http), options).GetIpAddressAsync(ct),
        ["get_location_info"] = (http, options, ct) => new NetworkTools(new(http), options).GetLocationInfoAsync("8.8.8.8", ct),
        ["get_weather"] = (http, options, ct) => new WeatherTools(new(http), options).GetWeatherAsync("Berlin", ct),
        ["get_weather_alerts"] = (http, options, ct) => new WeatherAlertTools(new(http), options).GetWeatherAlertsAsync("CA", ct),
        ["search_wikipedia"] = (http, options, ct) => new WikipediaTools(new(http), options).SearchAsync("Berlin", 3, ct),
    };

    public static TheoryData<string> Names => [.. Tools.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_server_error_is_retryable(string tool)
    {
        await using var server = await LocalServer.StartAsync("<h1>Bad gateway</h1>", "text/html", 502);
        using var http = TestHttp.Local();

        var failure = await FailAsync(tool, http, server);

        Assert.Equal("'127.0.0.1' cannot answer at the moment (status 502); try again later.", failure.Message);
        Assert.True(failure.Retryable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_refusal_is_final(string tool)
    {
        await using var server = await LocalServer.StartAsync("{}", status: 403);
        using var http = TestHttp.Local();

        var failure = await FailAsync(tool, http, server);

        Assert.Equal("'127.0.0.1' answered with status 403.", failure.Message);
        Assert.False(failure.Retryable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_answer_that_never_ends_is_given_up(string tool)
    {
        await using var server = await LocalServer.StartHangingAsync();
        using var http = TestHttp.Local(timeout: TimeSpan.FromMilliseconds(200));

        var failure = await FailAsync(tool, http, server);

        Assert.Equal("'127.0.0.1' did not answer within 0.2 seconds.", failure.Message);
        Assert.True(failure.Retryable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_huge_answer_is_refused(string tool)
    {
        await using var server = await LocalServer.StartAsync($"{{\"x\":\"{new string('x', 100_000)}\"}}");
        using var http = TestHttp.Local(maxBytes: 50_000);

        Assert.Equal("The answer of '127.0.0.1' is larger than this service reads.", (await FailAsync(tool, http, server)).Message);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Malformed_json_is_a_clear_failure(string tool)
    {
        foreach (var body in new[] { "", "{", "<html>", "[]", "null", "\"text\"", "{\"a\":", new string('[', 10_000) })
        {
            await using var server = await LocalServer.StartAsync(body);
            using var http = TestHttp.Local();

            Assert.Equal(
                "'127.0.0.1' did not answer in the form that this tool understands.",
                (await FailAsync(tool, http, server)).Message);
        }
    }

    [Theory]
    [InlineData("get_ip_address", """{"ip":"somewhere"}""")]
    [InlineData("get_ip_address", "{}")]
    [InlineData("get_location_info", "{}")]
    [InlineData("get_location_info", """{"success":"yes"}""")]
    [InlineData("get_weather", "{}")]
    [InlineData("get_weather", """{"results":[null]}""")]
    [InlineData("get_weather", """{"results":[{"name":"Berlin"}]}""")]
    [InlineData("get_weather", """{"results":[{"name":"Berlin","latitude":1e999,"longitude":2}]}""")]
    [InlineData("get_weather_alerts", "{}")]
    [InlineData("get_weather_alerts", """{"features":{}}""")]
    [InlineData("search_wikipedia", """{"query":{"pages":5}}""")]
    public async Task Json_of_another_shape_is_a_tool_failure(string tool, string body)
    {
        await using var server = await LocalServer.StartAsync(body);
        using var http = TestHttp.Local();

        Assert.False((await FailAsync(tool, http, server)).Retryable);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_service_in_a_private_network_is_not_asked_unless_permitted(string tool)
    {
        await using var server = await LocalServer.StartAsync("{}");
        using var http = TestHttp.Create(new HttpOptions());

        Assert.Contains("Http:AllowPrivateNetworks", (await FailAsync(tool, http, server)).Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static Task<ToolException> FailAsync(string tool, GuardedHttp http, LocalServer server) => Assert.ThrowsAsync<ToolException>(() =>
        Tools[tool](http, TestOptions.All(server.Url), TestContext.Current.CancellationToken));
}

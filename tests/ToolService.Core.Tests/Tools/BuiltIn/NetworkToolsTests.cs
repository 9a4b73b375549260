using ToolService.Core.Tests.Tools.Http;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn;

namespace ToolService.Core.Tests.Tools.BuiltIn;

public class NetworkToolsTests
{
    private const string Known = """
        {"ip":"8.8.4.4","success":true,"type":"IPv4","continent":"North America","continent_code":"NA","country":"United States","country_code":"US",
         "region":"California","region_code":"CA","city":"Mountain View","latitude":37.3860517,"longitude":-122.0838511,"is_eu":false,"postal":"94039",
         "calling_code":"1","capital":"Washington D.C.","borders":"CA,MX","flag":{"emoji":"🇺🇸"},
         "connection":{"asn":15169,"org":"Google LLC","isp":"Google LLC","domain":"google.com"},
         "timezone":{"id":"America/Los_Angeles","abbr":"PDT","is_dst":true,"offset":-25200,"utc":"-07:00"}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_services_own_address_is_returned()
    {
        await using var server = await LocalServer.StartAsync("""{"ip":"203.0.113.7"}""");
        using var http = TestHttp.Local();

        Assert.Equal(
            new IpAddress("203.0.113.7"),
            await new NetworkTools(new(http), TestOptions.All(server.Url)).GetIpAddressAsync(Cancel));
        Assert.Equal(["/ipify?format=json"], server.Requests);
    }

    [Theory]
    [InlineData(" 8.8.4.4 ", "/ipwhois/8.8.4.4?key=k")]
    [InlineData("2001:4860:4860:0::8844", "/ipwhois/2001:4860:4860::8844?key=k")]
    [InlineData(null, "/ipwhois/?key=k")]
    [InlineData("", "/ipwhois/?key=k")]
    public async Task A_location_is_returned(string? ip, string request)
    {
        await using var server = await LocalServer.StartAsync(Known);
        using var http = TestHttp.Local();

        var location = await new NetworkTools(new(http), TestOptions.All(server.Url)).GetLocationInfoAsync(ip, Cancel);

        Assert.Equal(
            new IpLocation("8.8.4.4", "Mountain View", "California", "United States", "US", 37.3860517, -122.0838511, "America/Los_Angeles", "Google LLC"),
            location);
        Assert.Equal([request], server.Requests);
    }

    [Fact]
    public async Task An_address_that_the_service_does_not_know_is_a_failure_with_its_reason()
    {
        await using var server =
            await LocalServer.StartAsync("""{"ip":"8.8.4.4","success":false,"message":"You've hit the monthly limit"}""");
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() =>
            new NetworkTools(new(http), TestOptions.All(server.Url)).GetLocationInfoAsync("8.8.4.4", Cancel));

        Assert.Equal("'127.0.0.1' knows no location: You've hit the monthly limit.", failure.Message);
    }

    [Theory]
    [InlineData("somewhere", "'somewhere' is not an IP address; write it like 8.8.8.8 or 2001:4860:4860::8888.")]
    [InlineData("1", "'1' is not an IP address; write it like 8.8.8.8 or 2001:4860:4860::8888.")]
    [InlineData("8.8.8.8/../admin", "'8.8.8.8/../admin' is not an IP address; write it like 8.8.8.8 or 2001:4860:4860::8888.")]
    [InlineData("192.168.1.1", "192.168.1.1 is a private address, which has no location.")]
    [InlineData("::1", "::1 is a loopback address, which has no location.")]
    public async Task What_has_no_location_is_not_asked_for(string ip, string message)
    {
        await using var server = await LocalServer.StartAsync(Known);
        using var http = TestHttp.Local();

        var failure = await Assert.ThrowsAsync<ToolException>(() =>
            new NetworkTools(new(http), TestOptions.All(server.Url)).GetLocationInfoAsync(ip, Cancel));

        Assert.Equal(message, failure.Message);
        Assert.Empty(server.Requests);
    }
}

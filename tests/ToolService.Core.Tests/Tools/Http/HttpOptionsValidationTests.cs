using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.Http;

public class HttpOptionsValidationTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.True(new HttpOptionsValidation().Validate(null, new HttpOptions()).Succeeded);

    [Theory]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("localhost")]
    [InlineData("")]
    public void A_bad_network_is_named_with_its_setting(string network) =>
        Assert.Contains(
            $"Http:AllowPrivateNetworks:1 '{network}'",
            Failure(new HttpOptions { AllowPrivateNetworks = ["::1/128", network] }),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("70000")]
    [InlineData("90-80")]
    [InlineData("http")]
    public void A_bad_port_is_named_with_its_setting(string ports) =>
        Assert.Contains($"Http:AllowedPorts:0 '{ports}'", Failure(new HttpOptions { AllowedPorts = [ports] }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2_000_000_000)]
    public void A_size_out_of_range_is_named(int bytes) =>
        Assert.Contains("Http:MaxResponseBytes", Failure(new HttpOptions { MaxResponseBytes = bytes }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(601)]
    public void A_timeout_out_of_range_is_named(int seconds) =>
        Assert.Contains("Http:Timeout", Failure(new HttpOptions { Timeout = TimeSpan.FromSeconds(seconds) }), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a\r\nX: y")]
    public void A_user_agent_that_cannot_be_sent_is_named(string agent) =>
        Assert.Contains("Http:UserAgent", Failure(new HttpOptions { UserAgent = agent }), StringComparison.Ordinal);

    private static string Failure(HttpOptions options) => new HttpOptionsValidation().Validate(null, options).FailureMessage ?? "";
}

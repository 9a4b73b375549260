using ToolService.Core.Tools;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tests.Tools.Http;

public class UrlRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("/etc/passwd")]
    [InlineData("//example.org/")]
    [InlineData("https://")]
    [InlineData("http://exa mple.org/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://[::1/")]
    [InlineData("http://%31%32%37.0.0.1/")]
    public void Text_that_is_no_complete_url_is_refused(string text)
    {
        var failure = Assert.Throws<ToolException>(() => UrlRules.Parse(text));

        Assert.Equal("That is not a complete URL; write it like https://example.org/page.", failure.Message);
    }

    [Theory]
    [InlineData("http://example.org/\r\nHost: evil")]
    [InlineData("http://exa\tmple.org/")]
    [InlineData("http://example.org/\0")]
    public void Line_breaks_and_control_characters_are_refused(string text) =>
        Assert.Contains("control character", Assert.Throws<ToolException>(() => UrlRules.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_url_longer_than_any_real_one_is_refused() =>
        Assert.Contains(
            "at most 2000",
            Assert.Throws<ToolException>(() => UrlRules.Parse("http://x/" + new string('a', 5_000))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.org/")]
    [InlineData("ws://example.org/")]
    public void Other_schemes_are_refused(string url) =>
        Assert.Equal("Only http and https URLs can be opened.", Refusal(url, []));

    [Theory]
    [InlineData("http://user@example.org/")]
    [InlineData("http://user:pass@example.org/")]
    [InlineData("https://example.org:443@evil.example/")]
    public void Credentials_in_a_url_are_refused(string url) =>
        Assert.Contains("remove the part before '@'", Refusal(url, []), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.org/", true)]
    [InlineData("https://example.org/", true)]
    [InlineData("http://example.org:1024/", true)]
    [InlineData("http://example.org:65535/", true)]
    [InlineData("http://example.org:22/", false)]
    [InlineData("http://example.org:1023/", false)]
    [InlineData("http://example.org:0/", false)]
    public void By_default_the_webs_ports_and_the_unprivileged_ones_pass(string url, bool passes) =>
        Assert.Equal(passes, Refusal(url, []) is null);

    [Theory]
    [InlineData("http://example.org:443/", true)]
    [InlineData("http://example.org:8005/", true)]
    [InlineData("http://example.org/", false)]
    [InlineData("http://example.org:9000/", false)]
    public void Listed_ports_replace_the_default(string url, bool passes) =>
        Assert.Equal(passes, Refusal(url, ["443", "8000-8999"]) is null);

    private static string? Refusal(string url, string[] ports)
    {
        try
        {
            new UrlRules(ports).Check(new Uri(url));
            return null;
        }
        catch (ToolException e)
        {
            return e.Message;
        }
    }
}

using ToolService.Core.Tools.BuiltIn.Search;

namespace ToolService.Core.Tests.Tools.BuiltIn.Search;

public class SearchOptionsValidationTests
{
    [Theory]
    [InlineData(SearchProvider.None, null, null)]
    [InlineData(SearchProvider.SearXNG, "http://searx:8080/search", null)]
    [InlineData(SearchProvider.Brave, null, "key")]
    public void Settings_with_which_a_provider_can_be_asked_pass(SearchProvider provider, string? url, string? key) =>
        Assert.Null(Validate(provider, url, key));

    [Theory]
    [InlineData(SearchProvider.None, "http://searx:8080/search", null, "Search:Provider is required")]
    [InlineData(SearchProvider.None, null, "key", "Search:Provider is required")]
    [InlineData(SearchProvider.SearXNG, null, null, "Search:Url is required for SearXNG")]
    [InlineData(SearchProvider.SearXNG, "/search", null, "Search:Url '/search' is not an absolute http or https URL.")]
    [InlineData(SearchProvider.Brave, null, null, "Search:ApiKey is required for Brave.")]
    [InlineData(SearchProvider.Brave, null, "a\r\nb", "Search:ApiKey must be printable ASCII without spaces.")]
    [InlineData((SearchProvider)9, null, null, "Search:Provider '9' is none of: None, SearXNG, Brave.")]
    public void Settings_with_which_it_cannot_are_named(SearchProvider provider, string? url, string? key, string failure) =>
        Assert.StartsWith(failure, Validate(provider, url, key), StringComparison.Ordinal);

    private static string? Validate(SearchProvider provider, string? url, string? key) => new SearchOptionsValidation().Validate(null, new SearchOptions
    {
        Provider = provider,
        Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute),
        ApiKey = key,
    }).FailureMessage;
}

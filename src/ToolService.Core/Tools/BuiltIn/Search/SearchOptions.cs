namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>Who searches the web for <c>search_web</c>: <c>Search</c>.</summary>
public sealed class SearchOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Search";

    /// <summary>Who searches. Default <c>None</c>: the tool is not in the catalog.</summary>
    public SearchProvider Provider { get; set; }

    /// <summary>
    /// The complete address of the search: required for SearXNG, such as <c>https://searx.example.org/search</c>; for Brave none means
    /// <c>https://api.search.brave.com/res/v1/web/search</c>. One in a private network also needs <c>Http:AllowPrivateNetworks</c>.
    /// </summary>
    public Uri? Url { get; set; }

    /// <summary>
    /// The key: required for Brave; for SearXNG sent as a bearer token, for a proxy before it. It is never shown. Default none.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The least strict filter of adult content that a call may ask for, and the one of a call that does not ask. Default <c>Moderate</c>.
    /// </summary>
    public SafeSearch SafeSearch { get; set; } = SafeSearch.Moderate;
}

using Microsoft.Extensions.Options;

namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>Refuses a provider that cannot be asked with what is set.</summary>
internal sealed class SearchOptionsValidation : IValidateOptions<SearchOptions>
{
    public ValidateOptionsResult Validate(string? name, SearchOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(SearchOptions options)
    {
        if (options is { Provider: SearchProvider.None } and not { Url: null, ApiKey: null })
            yield return "Search:Provider is required where Search:Url or Search:ApiKey is set: SearXNG or Brave.";
        if (!Enum.IsDefined(options.Provider))
            yield return $"Search:Provider '{options.Provider}' is none of: {string.Join(", ", Enum.GetNames<SearchProvider>())}.";
        if (!Enum.IsDefined(options.SafeSearch))
            yield return $"Search:SafeSearch '{options.SafeSearch}' is none of: {string.Join(", ", Enum.GetNames<SafeSearch>())}.";
        if (options is { Provider: SearchProvider.SearXNG, Url: null })
            yield return "Search:Url is required for SearXNG, such as https://searx.example.org/search.";
        if (options is { Provider: SearchProvider.Brave, ApiKey: null or "" })
            yield return "Search:ApiKey is required for Brave.";
        if (options.Url is { } url && !(url is { IsAbsoluteUri: true, UserInfo.Length: 0 } && url.Scheme is "http" or "https"))
            yield return $"Search:Url '{url.OriginalString}' is not an absolute http or https URL.";
        if (options.ApiKey is { } key && !key.All(c => c is > ' ' and < '\x7f'))
            yield return "Search:ApiKey must be printable ASCII without spaces.";
    }
}

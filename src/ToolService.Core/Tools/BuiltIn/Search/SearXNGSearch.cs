using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>Asks a SearXNG instance.</summary>
internal sealed class SearXNGSearch(SearchOptions options) : IWebSearch
{
    private const int MaxReason = 200;

    public HttpTextRequest Request(SearchQuery query)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["q"] = query.Text,
            ["format"] = "json",
            ["safesearch"] = ((int)query.SafeSearch).ToString(CultureInfo.InvariantCulture),
            ["language"] = query.Language,
            ["time_range"] = query.Freshness?.ToString().ToLowerInvariant(),
        };
        return new HttpTextRequest(new Uri(QueryHelpers.AddQueryString(options.Url!.AbsoluteUri, parameters)), "application/json")
        {
            Headers = options.ApiKey is { } key ? new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" } : [],
        };
    }

    public string? Refusal(HttpText answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => "refuses the key in Search:ApiKey, or asks for one",
        HttpStatusCode.Forbidden when options.ApiKey is not null =>
            "refuses the key in Search:ApiKey, or answers in JSON: its settings must list json under search: formats",
        HttpStatusCode.Forbidden => "refuses to answer in JSON: its settings must list json under search: formats",
        _ => null,
    };

    public IEnumerable<SearchResult> Results(HttpText answer)
    {
        var found = JsonSerializer.Deserialize(answer.Text, SearchJson.Default.SearXNGAnswer);
        if (found?.Results is not { } pages)
            throw new JsonException();
        if (pages.Count == 0 && found.UnresponsiveEngines is { Count: > 0 } silent)
        {
            // Nothing found would be taken for nothing there.
            var reasons = Excerpt.Of(string.Join("; ", silent.Select(engine => string.Join(": ", engine))), MaxReason);
            throw new ToolException($"The search engines did not answer ({reasons}); try again later.") { Retryable = true };
        }

        return pages.Select(page => new SearchResult(page?.Title ?? "", page?.Url ?? "", page?.Content ?? ""));
    }
}

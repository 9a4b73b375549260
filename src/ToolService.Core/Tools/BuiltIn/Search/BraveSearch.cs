using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>Asks Brave's Web Search API.</summary>
internal sealed partial class BraveSearch(SearchOptions options) : IWebSearch
{
    private const int MaxReason = 200;
    private static readonly Uri Default = new("https://api.search.brave.com/res/v1/web/search");

    public HttpTextRequest Request(SearchQuery query)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["q"] = query.Text,
            ["count"] = query.Limit.ToString(CultureInfo.InvariantCulture),
            ["safesearch"] = query.SafeSearch.ToString().ToLowerInvariant(),
            ["result_filter"] = "web",
            ["text_decorations"] = "false",
            ["search_lang"] = LanguageOf(query.Language),
            ["freshness"] = query.Freshness is { } age ? $"p{char.ToLowerInvariant(age.ToString()[0])}" : null,
        };
        var url = QueryHelpers.AddQueryString((options.Url ?? Default).AbsoluteUri, parameters);
        return new HttpTextRequest(new Uri(url), "application/json")
        {
            Headers = new Dictionary<string, string> { ["X-Subscription-Token"] = options.ApiKey! },
        };
    }

    public string? Refusal(HttpText answer)
    {
        if (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return Key;
        if (answer.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity)
            || FailureOf(answer)?.Error is not { } error)
            return null;

        // Brave counts a wrong key among the parameters that are not valid.
        return error.Code?.StartsWith("SUBSCRIPTION_TOKEN", StringComparison.Ordinal) is true
            ? Key
            : $"refuses the search: {Excerpt.Of(error.Detail ?? error.Code ?? "no reason given", MaxReason)}";
    }

    public IEnumerable<SearchResult> Results(HttpText answer)
    {
        var found = JsonSerializer.Deserialize(answer.Text, SearchJson.Default.BraveAnswer);
        if (found is not { Type: "search" })
            throw new JsonException();

        return (found.Web?.Results ?? []).Select(page => new SearchResult(Plain(page?.Title), page?.Url ?? "", Plain(page?.Description)));
    }

    private static string Key => "refuses the key in Search:ApiKey";

    private static BraveFailure? FailureOf(HttpText answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Text, SearchJson.Default.BraveFailure);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Where one language has several forms, Brave wants to know which, and it has names of its own for some.
    private static string? LanguageOf(string? language) => language switch
    {
        "ja" => "jp",
        "no" => "nb",
        "pt" => "pt-br",
        "zh" => "zh-hans",
        _ => language,
    };

    // Texts come with tags and entities of HTML.
    private static string Plain(string? text) => text is null ? "" : WebUtility.HtmlDecode(Tag().Replace(text, ""));

    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}

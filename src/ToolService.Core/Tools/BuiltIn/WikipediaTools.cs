using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ToolService.Core.Tools.BuiltIn;

/// <summary>Wikipedia.</summary>
internal sealed class WikipediaTools(JsonService service, BuiltInToolsOptions options)
{
    private const int MaxQuery = 300;
    private const int MaxLimit = 10;
    private const int MaxSummary = 1_000;

    [Tool("search_wikipedia", ReadOnly = true, Idempotent = true, OpenWorld = true, Tags = ["knowledge", "web"])]
    [Description("Searches Wikipedia and returns the best matching articles, each with its title, URL and a summary. "
        + "Nothing found is an empty list.")]
    public async Task<IReadOnlyList<WikipediaArticle>> SearchAsync(
        [Description("What to look for.")]
        [MinLength(1)]
        [MaxLength(MaxQuery)]
        string query,
        [Description("How many articles to return.")]
        [Range(1, MaxLimit)]
        int limit = 3,
        CancellationToken cancellationToken = default)
    {
        var answer =
            await service.GetAsync(options.WikipediaUrl, WireJson.Default.MediaWikiAnswer, cancellationToken, Parameters(query, limit));
        if (answer.Error is { } error)
            throw new ToolException(
                $"'{options.WikipediaUrl.Host}' refused the search: {Excerpt.Of(error.Info ?? error.Code ?? "no reason given", MaxQuery)}");

        var pages = answer.Query?.Pages ?? [];
        return [.. pages.Where(page => !string.IsNullOrEmpty(page?.Title)).OrderBy(page => page.Index).Take(limit).Select(Compact)];
    }

    private static WikipediaArticle Compact(MediaWikiAnswer.Page page) => new(
        Excerpt.Of(page.Title ?? "", MaxQuery),
        page.Fullurl,
        page.Extract is null ? null : Excerpt.Of(page.Extract, MaxSummary));

    private static Dictionary<string, string?> Parameters(string query, int limit) => new()
    {
        ["action"] = "query",
        ["format"] = "json",
        ["formatversion"] = "2",
        ["generator"] = "search",
        ["gsrsearch"] = query,
        ["gsrlimit"] = limit.ToString(CultureInfo.InvariantCulture),
        ["prop"] = "extracts|info",
        ["exintro"] = "1",
        ["explaintext"] = "1",
        ["exlimit"] = "max",
        ["inprop"] = "url",
    };
}

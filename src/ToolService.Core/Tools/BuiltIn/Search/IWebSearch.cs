using ToolService.Core.Tools.Http;

namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>The form in which one provider is asked and answers.</summary>
internal interface IWebSearch
{
    /// <summary>The request for a search.</summary>
    HttpTextRequest Request(SearchQuery query);

    /// <summary>Why the provider refuses, where its status or text says so in a way of its own; otherwise null.</summary>
    string? Refusal(HttpText answer);

    /// <summary>What was found, in the provider's order and as it stands in its answer.</summary>
    /// <exception cref="System.Text.Json.JsonException">The answer has another form.</exception>
    /// <exception cref="ToolException">The provider could not search.</exception>
    IEnumerable<SearchResult> Results(HttpText answer);
}

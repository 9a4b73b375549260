namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>Who searches the web.</summary>
public enum SearchProvider
{
    /// <summary>Nobody: there is no <c>search_web</c>.</summary>
    None,

    /// <summary>A SearXNG instance that answers in JSON.</summary>
    SearXNG,

    /// <summary>Brave's Web Search API.</summary>
    Brave,
}

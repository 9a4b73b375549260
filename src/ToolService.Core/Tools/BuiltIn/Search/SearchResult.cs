namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>A page that was found.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Snippet">What it says about what was looked for; empty where the provider shows nothing.</param>
internal sealed record SearchResult(string Title, string Url, string Snippet);

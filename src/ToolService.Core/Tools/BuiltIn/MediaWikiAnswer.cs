namespace ToolService.Core.Tools.BuiltIn;

/// <summary>MediaWiki's answer; without matches there is no query, and an error comes with status 200.</summary>
internal sealed record MediaWikiAnswer(MediaWikiAnswer.Found? Query, MediaWikiAnswer.Failure? Error)
{
    internal sealed record Found(IReadOnlyList<Page>? Pages);

    internal sealed record Page(string? Title, int? Index, string? Extract, string? Fullurl);

    internal sealed record Failure(string? Code, string? Info);
}

namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>SearXNG's answer; an engine that did not answer is a list of its name and the reason.</summary>
internal sealed record SearXNGAnswer(IReadOnlyList<SearXNGAnswer.Page>? Results, IReadOnlyList<IReadOnlyList<string>>? UnresponsiveEngines)
{
    internal sealed record Page(string? Url, string? Title, string? Content);
}

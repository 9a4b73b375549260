namespace ToolService.Core.Tools.BuiltIn;

/// <summary>An article that matched.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Url">Where to read it.</param>
/// <param name="Summary">Its introduction, shortened.</param>
internal sealed record WikipediaArticle(string Title, string? Url, string? Summary);

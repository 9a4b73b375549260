namespace ToolService.Core.Tools.BuiltIn.Search;

/// <summary>Brave's answer; where nothing was found it has no pages.</summary>
internal sealed record BraveAnswer(string? Type, BraveAnswer.Pages? Web)
{
    internal sealed record Pages(IReadOnlyList<Found>? Results);

    internal sealed record Found(string? Title, string? Url, string? Description);
}

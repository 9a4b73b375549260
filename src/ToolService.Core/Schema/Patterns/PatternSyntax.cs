namespace ToolService.Core.Schema.Patterns;

/// <summary>A parsed expression.</summary>
/// <param name="Root">Its parts.</param>
/// <param name="GroupNumbers">The numbers of the named groups.</param>
/// <param name="Referenced">The numbers of the groups that a back-reference names; others may be left out.</param>
/// <param name="HasLooks">Whether it has a lookaround or a word boundary.</param>
internal sealed record PatternSyntax(
    IPatternNode Root, IReadOnlyDictionary<string, int> GroupNumbers, IReadOnlySet<int> Referenced, bool HasLooks);

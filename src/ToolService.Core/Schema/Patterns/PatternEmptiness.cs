namespace ToolService.Core.Schema.Patterns;

/// <summary>Which parts of an expression may match nothing.</summary>
internal static class PatternEmptiness
{
    public static IReadOnlyList<IPatternNode> Children(IPatternNode node) => node switch
    {
        PatternSequence sequence => sequence.Items,
        PatternAlternatives alternatives => alternatives.Items,
        PatternGroup group => [group.Body],
        PatternLook look => [look.Body],
        PatternRepeat repeat => [repeat.Body],
        _ => [],
    };

    /// <summary>Whether the part matches nothing wherever it stands.</summary>
    public static bool CanBeEmpty(IPatternNode node) => node switch
    {
        PatternSequence sequence => sequence.Items.All(CanBeEmpty),
        PatternAlternatives alternatives => alternatives.Items.Any(CanBeEmpty),
        PatternGroup group => CanBeEmpty(group.Body),
        PatternRepeat repeat => repeat.Minimum == 0 || CanBeEmpty(repeat.Body),
        _ => false,
    };

    /// <summary>
    /// Alternatives to a part that may be empty, without the choice of nothing as far as that is easy. A loop of "a*b*" is one of "a or b"
    /// where it has no bound.
    /// </summary>
    public static IEnumerable<IPatternNode> Without(IPatternNode node, bool unbounded) => node switch
    {
        PatternAlternatives alternatives => alternatives.Items.SelectMany(item => CanBeEmpty(item) ? Without(item, unbounded) : [item]),
        PatternSequence { Items: [] } => [],
        PatternSequence sequence when unbounded => sequence.Items.SelectMany(item => Without(item, unbounded)),
        PatternRepeat { Minimum: 0, Maximum: 1 } repeat when !CanBeEmpty(repeat.Body) => [repeat.Body],
        PatternRepeat { Minimum: 0 } repeat when !CanBeEmpty(repeat.Body) => [repeat with { Minimum = 1 }],
        _ => [node],
    };
}

namespace ToolService.Core.Schema.Patterns;

/// <summary>A part of a parsed expression.</summary>
internal interface IPatternNode;

/// <summary>One code point of a set.</summary>
internal sealed record PatternSet(CodePointSet Members) : IPatternNode;

/// <summary><c>^ $ \b \B</c>, by the character.</summary>
internal sealed record PatternAnchor(char Kind) : IPatternNode;

internal sealed record PatternSequence(IReadOnlyList<IPatternNode> Items) : IPatternNode;

internal sealed record PatternAlternatives(IReadOnlyList<IPatternNode> Items) : IPatternNode;

/// <summary>A group; its number is 0 where it captures nothing.</summary>
internal sealed record PatternGroup(int Number, IPatternNode Body) : IPatternNode;

/// <summary>A lookaround.</summary>
internal sealed record PatternLook(bool Behind, bool Negated, IPatternNode Body) : IPatternNode;

/// <summary>A reference to a group, by number or name.</summary>
internal sealed record PatternBackReference(int Number, string? Name) : IPatternNode;

/// <summary>A quantified part, with the numbers of the groups inside.</summary>
internal sealed record PatternRepeat(IPatternNode Body, int Minimum, int Maximum, bool Lazy, Range Groups) : IPatternNode
{
    public const int Unbounded = int.MaxValue;

    /// <summary>Whether this group is inside.</summary>
    public bool Contains(int group) => group >= Groups.Start.Value && group < Groups.End.Value;
}

namespace ToolService.Core.Schema.Patterns;

/// <summary>
/// Rewrites an expression as one that answers the same for texts of one kind, without what such texts cannot have, groups that nothing
/// refers to, and loops around what may be empty: those make engines backtrack for ever, and .NET's answer wrongly for some of them, such
/// as <c>(?:a+|)+</c>.
/// </summary>
internal sealed class PatternSimplifier
{
    private static readonly PatternSequence Empty = new([]);
    private static readonly PatternAlternatives Never = new([]);

    private readonly IReadOnlySet<int> _referenced;
    private readonly TextKind _kind;
    private readonly HashSet<int> _kept = [];

    private PatternSimplifier(IReadOnlySet<int> referenced, TextKind kind) => (_referenced, _kind) = (referenced, kind);

    public static PatternSyntax Simplify(PatternSyntax syntax, TextKind kind)
    {
        var simplifier = new PatternSimplifier(syntax.Referenced, kind);
        var root = simplifier.Simplify(syntax.Root);
        simplifier.Keep(root);
        return syntax with { Root = root, Referenced = simplifier._kept };
    }

    private IPatternNode Simplify(IPatternNode node) => node switch
    {
        PatternSet set => Narrow(set.Members) is { IsEmpty: false } members ? new PatternSet(members) : Never,
        PatternSequence sequence => Sequence([.. sequence.Items.Select(Simplify)]),
        PatternAlternatives alternatives => Alternatives(alternatives.Items.Select(Simplify)),
        PatternGroup group => Group(group, Simplify(group.Body)),
        PatternLook look => Look(look, Simplify(look.Body)),
        PatternRepeat { Maximum: 0 } => Empty,
        PatternRepeat repeat => Repeat(repeat with { Body = Simplify(repeat.Body), Lazy = repeat.Lazy && _referenced.Count > 0 }),
        _ => node,
    };

    private CodePointSet Narrow(CodePointSet set) => _kind == TextKind.Ascii ? CodePointSet.Of(set.Clip(0, 0x7F)) : set;

    private static IPatternNode Sequence(IReadOnlyList<IPatternNode> items)
    {
        if (items.Any(IsNever))
            return Never;
        IPatternNode[] flat = [.. items.SelectMany(item => item is PatternSequence inner ? inner.Items : [item])];
        return flat is [var only] ? only : new PatternSequence(flat);
    }

    private static IPatternNode Alternatives(IEnumerable<IPatternNode> items)
    {
        IPatternNode[] flat = [.. items.SelectMany(item => item is PatternAlternatives inner ? inner.Items : [item])];
        return flat is [var only] ? only : new PatternAlternatives(flat);
    }

    private IPatternNode Group(PatternGroup group, IPatternNode body) =>
        IsNever(body) || !_referenced.Contains(group.Number) ? body : group with { Body = body };

    private static IPatternNode Look(PatternLook look, IPatternNode body) => (IsNever(body), look.Negated) switch
    {
        (true, true) => Empty,
        (true, false) => Never,
        _ => look with { Body = body },
    };

    private IPatternNode Repeat(PatternRepeat repeat)
    {
        if (repeat.Body is PatternSequence { Items: [] })
            return Empty;
        if (IsNever(repeat.Body))
            return repeat.Minimum == 0 ? Empty : Never;
        if (_referenced.Any(repeat.Contains))
            return repeat;

        if (PatternEmptiness.CanBeEmpty(repeat.Body))
        {
            var body = Alternatives(PatternEmptiness.Without(repeat.Body, repeat.Maximum == PatternRepeat.Unbounded));
            repeat = repeat with { Body = body, Minimum = 0 };
        }

        return (repeat.Minimum, repeat.Maximum, repeat.Body) switch
        {
            (1, 1, _) => repeat.Body,
            (_, PatternRepeat.Unbounded, PatternRepeat { Minimum: <= 1 } inner) =>
                repeat with { Body = inner.Body, Minimum = repeat.Minimum * inner.Minimum },
            _ => repeat,
        };
    }

    private static bool IsNever(IPatternNode node) => node is PatternAlternatives { Items: [] };

    /// <summary>Notes the groups that are left; to refer to another one is to refer to nothing.</summary>
    private void Keep(IPatternNode node)
    {
        if (node is PatternGroup group)
            _kept.Add(group.Number);
        foreach (var child in PatternEmptiness.Children(node))
            Keep(child);
    }
}

using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Schema.Patterns;

namespace ToolService.Core.Tests.Schema.Patterns;

public class PatternPropertyTests
{
    private static readonly Gen<string> Text = Gen.Elements("a", "b", "1", "é", "😀").ListOf().Select(pieces => string.Concat(pieces.Take(6)));

    /// <summary>A regular expression of ECMA-262, and where its matches end that start at an index of the code points.</summary>
    private sealed record Expression(string Source, Func<int[], int, IReadOnlySet<int>> Ends);

    [Fact]
    public void A_pattern_agrees_with_a_naive_matcher() => Check(
        from expression in Expressions(4)
        from text in Text
        select (expression, text),
        pair => SchemaPatternTests.IsMatch($"^(?:{pair.expression.Source})$", pair.text)
            == pair.expression.Ends(CodePoints(pair.text), 0).Contains(CodePoints(pair.text).Length));

    [Fact]
    public void A_pattern_without_anchors_is_searched_for() => Check(
        from expression in Expressions(3)
        from text in Text
        select (expression, text),
        pair => SchemaPatternTests.IsMatch(pair.expression.Source, pair.text)
            == Enumerable.Range(0, CodePoints(pair.text).Length + 1).Any(start => pair.expression.Ends(CodePoints(pair.text), start).Count > 0));

    [Fact]
    public void The_direct_matcher_agrees_with_the_engine() => Check(
        from sets in Gen.Elements("a", "b", "[ab]", "[^a]", "\\d", "\\w", ".", "1").ListOf(4)
        from counts in Gen.Elements("", "*", "+", "?", "{2}", "{1,2}", "{0}").ListOf(4)
        from end in Gen.Elements("", "$")
        from text in Gen.Elements("a", "b", "1", "-").ListOf()
        select (Pattern: $"^{string.Concat(sets.Zip(counts, (set, count) => set + count))}{end}", Text: string.Concat(text)),
        pair =>
        {
            var direct = AsciiSequence.TryCreate(PatternSimplifier.Simplify(PatternParser.Parse(pair.Pattern, lenient: false), TextKind.Ascii));
            return direct is null || direct.IsMatch(Encoding.ASCII.GetBytes(pair.Text)) == SchemaPatternTests.IsMatch($"(?:{pair.Pattern}|[])(?=[^]|$)", pair.Text);
        });

    [Fact]
    public void A_set_and_its_complement_share_every_code_point() => Check(
        from ranges in Gen.Choose(0, 200).Two().ListOf()
        from codePoint in Gen.Choose(0, 210)
        select (ranges: ranges.Select(range => (Math.Min(range.Item1, range.Item2), Math.Max(range.Item1, range.Item2))).ToList(), codePoint),
        pair =>
        {
            var set = CodePointSet.Of(pair.ranges);
            var isMember = pair.ranges.Any(range => range.Item1 <= pair.codePoint && pair.codePoint <= range.Item2);
            return set.Contains(pair.codePoint) == isMember && set.Complement().Contains(pair.codePoint) == !isMember
                && set.Union(set.Complement()).Ranges.Single() == (0, CodePointSet.Last) && set.Except(set).IsEmpty;
        });

    private static int[] CodePoints(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];

    private static Gen<Expression> Expressions(int depth)
    {
        var one = Gen.Elements(
            One("a", c => c == 'a'), One("b", c => c == 'b'), One("é", c => c == 'é'), One("😀", c => c == 0x1F600), One(".", _ => true),
            One("[^a]", c => c != 'a'), One("\\d", c => c == '1'), One("\\p{L}", c => c is 'a' or 'b' or 'é'), One("[]", _ => false),
            new Expression("", (_, start) => new HashSet<int> { start }));
        if (depth == 0)
            return one;

        var inner = Expressions(depth - 1);
        var both = from left in inner
                   from right in inner
                   select (left, right);
        return Gen.Frequency(
            (2, one),
            (2, both.Select(pair => new Expression(
                pair.left.Source + pair.right.Source,
                (text, start) => pair.left.Ends(text, start).SelectMany(middle => pair.right.Ends(text, middle)).ToHashSet()))),
            (2, both.Select(pair => new Expression(
                $"(?:{pair.left.Source}|{pair.right.Source})",
                (text, start) => pair.left.Ends(text, start).Union(pair.right.Ends(text, start)).ToHashSet()))),
            (1, inner.Select(body => Repeat(body, "*", 0, int.MaxValue))),
            (1, inner.Select(body => Repeat(body, "+?", 1, int.MaxValue))),
            (1, inner.Select(body => Repeat(body, "{1,2}", 1, 2))));
    }

    private static Expression One(string source, Func<int, bool> isMember) =>
        new(source, (text, start) => start < text.Length && isMember(text[start]) ? new HashSet<int> { start + 1 } : []);

    private static Expression Repeat(Expression body, string quantifier, int minimum, int maximum) => new($"({body.Source}){quantifier}", (text, start) =>
    {
        HashSet<int> ends = minimum == 0 ? [start] : [];
        HashSet<int> reached = [start];
        for (var round = 1; round <= Math.Min(maximum, text.Length + 1); round++)
        {
            reached = reached.SelectMany(middle => body.Ends(text, middle)).ToHashSet();
            ends.UnionWith(reached);
        }

        return ends;
    });

    private static void Check<T>(Gen<T> values, Func<T, bool> property) =>
        Prop.ForAll(Arb.From(values), property).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}

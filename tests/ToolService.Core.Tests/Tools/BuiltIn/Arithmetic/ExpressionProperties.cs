using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ToolService.Core.Tools;
using ToolService.Core.Tools.BuiltIn.Arithmetic;

namespace ToolService.Core.Tests.Tools.BuiltIn.Arithmetic;

public class ExpressionProperties
{
    /// <summary>An expression as text, how strongly it binds, and its value by decimal arithmetic; null where that has none.</summary>
    private sealed record Tree(string Text, int Binding, decimal? Value);

    private const int Weakest = 1;
    private const int Atom = 4;

    [Fact]
    public void A_printed_tree_evaluates_to_the_trees_value() =>
        Prop.ForAll(Arb.From(Trees), tree =>
        {
            if (tree.Value is not { } expected)
                return true;
            var actual = decimal.Parse(Expression.Evaluate(tree.Text).ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
            return Math.Abs(actual - expected) <= Math.Abs(expected) * 1e-14m;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Whatever_the_text_the_answer_is_a_json_number_or_a_tool_exception() =>
        Prop.ForAll(Arb.From(Garbage), text =>
        {
            try
            {
                return JsonElement.Parse(Expression.Evaluate(text).ToString()).ValueKind == JsonValueKind.Number;
            }
            catch (ToolException)
            {
                return true;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    private static Gen<string> Garbage
    {
        get
        {
            var pieces = Gen.Elements(
                "1", "2", "0", "9", "0.5", "1e5", "1e-300", "99999999999999999999", "+", "-", "*", "/", "%", "^", "**", "(", ")", "(", ")", ",", ".", " ", "e", "pi",
                "sqrt(", "round(", "log(", "exp(", "min(", "tan(", "floor(", "x", "\0", "é", "😀", "π", "1e308");
            var written = Gen.ListOf(pieces).Select(list => string.Concat(list));
            return Gen.OneOf(written, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));
        }
    }

    private static Gen<Tree> Trees => Gen.Sized(size => TreeOf(Math.Min(size, 40)));

    private static Gen<Tree> TreeOf(int size) => Gen.Choose(0, size < 2 ? 0 : 7).SelectMany(kind => kind switch
    {
        0 => Gen.Choose(0, 9_999).Select(n => new Tree((n / 100m).ToString(CultureInfo.InvariantCulture), Atom, n / 100m)),
        1 => Binary(size, "+", Weakest, (a, b) => a + b),
        2 => Binary(size, "-", Weakest, (a, b) => a - b),
        3 => Binary(size, "*", 2, (a, b) => a * b),
        4 => Binary(size, "/", 2, (a, b) => b == 0 ? null : a / b),
        5 => TreeOf(size - 1).Select(tree => new Tree($"-{Wrap(tree, 3)}", 3, -tree.Value)),
        6 => TreeOf(size - 1).Select(tree => new Tree($"{Wrap(tree, Atom)}^2", 3, Compute(tree.Value, tree.Value, (a, b) => a * b))),
        _ => TreeOf(size - 1).Select(tree => new Tree($"abs({tree.Text})", Atom, tree.Value is { } value ? Math.Abs(value) : null)),
    });

    // The right side is put in parentheses where it binds as weakly as the operator: that is what left-associative means.
    private static Gen<Tree> Binary(int size, string sign, int binding, Func<decimal, decimal, decimal?> compute) =>
        from left in TreeOf(size / 2)
        from right in TreeOf(size / 2)
        select new Tree($"{Wrap(left, binding)} {sign} {Wrap(right, binding + 1)}", binding, Compute(left.Value, right.Value, compute));

    // Only values that decimals hold with digits to spare can judge the result.
    private static decimal? Compute(decimal? a, decimal? b, Func<decimal, decimal, decimal?> compute) =>
        a is { } left && b is { } right && Math.Abs(left) < 1e6m && Math.Abs(right) < 1e6m && compute(left, right) is { } value && (value == 0 || Math.Abs(value) > 1e-3m)
            ? value
            : null;

    private static string Wrap(Tree tree, int binding) => tree.Binding < binding ? $"({tree.Text})" : tree.Text;
}

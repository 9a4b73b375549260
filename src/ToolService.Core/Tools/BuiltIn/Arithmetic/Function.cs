namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>A function that expressions may call.</summary>
internal sealed class Function
{
    private const int AnyCount = 100;

    private static readonly Dictionary<string, Function> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sqrt"] = new(1, 1, a => a[0].SquareRoot()),
        ["abs"] = new(1, 1, a => a[0].Sign < 0 ? a[0].Negate() : a[0]),
        ["round"] = new(1, 2, a => Rounding.Round(a[0], a.Count > 1 ? a[1] : Number.Zero)),
        ["floor"] = new(1, 1, a => Rounding.Floor(a[0])),
        ["ceil"] = new(1, 1, a => Rounding.Floor(a[0].Negate()).Negate()),
        ["min"] = new(1, AnyCount, a => a.Aggregate((least, next) => next.CompareTo(least) < 0 ? next : least)),
        ["max"] = new(1, AnyCount, a => a.Aggregate((most, next) => next.CompareTo(most) > 0 ? next : most)),
        ["sin"] = new(1, 1, a => Approximate(Math.Sin, a[0])),
        ["cos"] = new(1, 1, a => Approximate(Math.Cos, a[0])),
        ["tan"] = new(1, 1, a => Approximate(Math.Tan, a[0])),
        ["exp"] = new(1, 1, a => Approximate(Math.Exp, a[0])),
        ["ln"] = new(1, 1, a => Approximate(Math.Log, Positive("ln", a[0]))),
        ["log"] = new(1, 2, a => a.Count == 1 ? Approximate(Math.Log10, Positive("log", a[0])) : Logarithm(a[0], a[1])),
    };

    private readonly int _fewest;
    private readonly int _most;
    private readonly Func<IReadOnlyList<Number>, Number> _compute;

    private Function(int fewest, int most, Func<IReadOnlyList<Number>, Number> compute) =>
        (_fewest, _most, _compute) = (fewest, most, compute);

    public static bool Exists(Token name) => All.ContainsKey(name.Text);

    public static Function Named(Token name) =>
        All.GetValueOrDefault(name.Text)
        ?? throw new ToolException($"unknown function {name}: the functions are {string.Join(", ", All.Keys)}");

    public Number Apply(Token name, IReadOnlyList<Number> arguments)
    {
        if (arguments.Count >= _fewest && arguments.Count <= _most)
            return _compute(arguments);

        var expected = _fewest == _most ? $"{_fewest}" : $"{_fewest} to {_most}";
        throw new ToolException($"{name} takes {expected} argument{(_most == 1 ? "" : "s")}, not {arguments.Count}");
    }

    private static Number Approximate(Func<double, double> compute, Number x) => Number.Approximate(compute(x.ToDouble()));

    private static Number Logarithm(Number x, Number @base)
    {
        if (@base.Sign <= 0 || @base.ToDouble() is 1)
            throw new ToolException("the base of a logarithm must be positive and not 1");
        return Number.Approximate(Math.Log(Positive("log", x).ToDouble()) / Math.Log(@base.ToDouble()));
    }

    private static Number Positive(string function, Number x) =>
        x.Sign > 0 ? x : throw new ToolException($"{function} is defined for positive numbers only, not for {x}");
}

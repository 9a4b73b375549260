using System.Numerics;

namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>The functions that lead to a whole number, or to one with so many decimals.</summary>
internal static class Rounding
{
    private const int MaxDigits = 15;

    /// <summary>The greatest whole number that is not greater.</summary>
    public static Number Floor(Number x) => x.Exact is { } exact ? Number.Of(exact.Floor()) : Number.Approximate(Math.Floor(x.ToDouble()));

    /// <summary>The nearest number with so many decimals; halves go away from zero, as taught in school.</summary>
    public static Number Round(Number x, Number digits)
    {
        if (digits.Exact is not { IsInteger: true } whole || BigInteger.Abs(whole.Numerator) > MaxDigits)
            throw new ToolException($"round takes a whole number of digits from -{MaxDigits} to {MaxDigits}, not {digits}");

        var scale = Number.Of(new Fraction(10, 1).Power((int)whole.Numerator));
        var half = Number.Of(new Fraction(1, 2));
        var magnitude = x.Sign < 0 ? x.Negate() : x;
        var rounded = Floor(magnitude.Multiply(scale).Add(half)).Divide(scale);
        return x.Sign < 0 ? rounded.Negate() : rounded;
    }
}

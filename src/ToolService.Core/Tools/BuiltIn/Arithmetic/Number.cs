using System.Numerics;

namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>
/// A value while it is computed: exact for as long as it can be, else a double. Exact arithmetic is why <c>0.1 + 0.2</c> is 0.3 and
/// <c>1/3*3</c> is 1.
/// Never infinite and never NaN: what would be is a <see cref="ToolException"/>.
/// </summary>
internal readonly struct Number
{
    private const int MaxExactBits = 2048;

    private readonly double _approximate;

    private Number(Fraction? exact, double approximate) => (Exact, _approximate) = (exact, approximate);

    public static Number Zero { get; } = Of(0);

    /// <summary>The exact value; null where only an approximation is known.</summary>
    public Fraction? Exact { get; }

    public int Sign => Exact is { } exact ? exact.Numerator.Sign : Math.Sign(_approximate);

    public static Number Of(BigInteger value) => Of(new Fraction(value, 1));

    public static Number Of(Fraction value) => value.Bits <= MaxExactBits ? new Number(value, 0) : Approximate(value.ToDouble());

    /// <exception cref="ToolException">The value is infinite or not a number.</exception>
    public static Number Approximate(double value)
    {
        if (double.IsNaN(value))
            throw new ToolException("the result is not a real number");
        return double.IsFinite(value)
            ? new Number(null, value)
            : throw new ToolException("the result is too large (more than about 1.8e308)");
    }

    public static Number Parse(Token token) => NumberText.Parse(token);

    public double ToDouble() => Exact is { } exact ? exact.ToDouble() : _approximate;

    public int CompareTo(Number other) =>
        Exact is { } a && other.Exact is { } b ? a.CompareTo(b) : ToDouble().CompareTo(other.ToDouble());

    public Number Negate() => Exact is { } exact ? new Number(-exact, 0) : new Number(null, -_approximate);

    public Number Add(Number other) => Exact is { } a && other.Exact is { } b ? Of(a + b) : Approximate(ToDouble() + other.ToDouble());

    public Number Subtract(Number other) => Add(other.Negate());

    public Number Multiply(Number other) => Exact is { } a && other.Exact is { } b ? Of(a * b) : Approximate(ToDouble() * other.ToDouble());

    public Number Divide(Number other)
    {
        if (other.Sign == 0)
            throw new ToolException("division by zero");
        return Exact is { } a && other.Exact is { } b ? Of(a / b) : Approximate(ToDouble() / other.ToDouble());
    }

    public Number Remainder(Number other)
    {
        if (other.Sign == 0)
            throw new ToolException("division by zero in '%'");
        return Exact is { } a && other.Exact is { } b ? Of(a % b) : Approximate(ToDouble() % other.ToDouble());
    }

    public Number Power(Number exponent)
    {
        if (Sign == 0 && exponent.Sign < 0)
            throw new ToolException("division by zero: 0 to a negative power");
        if (Exact is { } value && exponent.Exact is { IsInteger: true } whole
            && BigInteger.Abs(whole.Numerator) * value.Bits <= 2 * MaxExactBits)
            return Of(value.Power((int)whole.Numerator));

        var result = Math.Pow(ToDouble(), exponent.ToDouble());
        return double.IsNaN(result)
            ? throw new ToolException("a negative number has no real power with a fraction as exponent")
            : Approximate(result);
    }

    public Number SquareRoot()
    {
        if (Sign < 0)
            throw new ToolException($"sqrt is not defined for the negative number {this}");

        // A root is kept exact where squaring it gives the value back: of 16, of 0.25, not of 2.
        if (Exact is { } exact && Whole(exact.Numerator) is { } top && Whole(exact.Denominator) is { } bottom)
            return Of(new Fraction(top, bottom));
        return Approximate(Math.Sqrt(ToDouble()));
    }

    public override string ToString() => NumberText.Print(this);

    private static BigInteger? Whole(BigInteger square)
    {
        var root = Math.Sqrt((double)square);
        return double.IsFinite(root) && (BigInteger)root * (BigInteger)root == square ? (BigInteger)root : null;
    }
}

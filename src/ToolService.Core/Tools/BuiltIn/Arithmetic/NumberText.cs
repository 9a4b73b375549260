using System.Globalization;
using System.Numerics;

namespace ToolService.Core.Tools.BuiltIn.Arithmetic;

/// <summary>Reads numbers from expressions and writes results as JSON numbers.</summary>
internal static class NumberText
{
    private const int MaxExponent = 400;
    private const int MaxDecimals = 28;
    private const string ApproximateFormat = "G15";

    /// <exception cref="ToolException">The number is beyond what a double could hold.</exception>
    public static Number Parse(Token token)
    {
        var parts = token.Text.Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : parts[0].Length - point - 1;
        var digits = BigInteger.Parse("0" + parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        if (!TryExponent(parts, out var exponent))
            throw new ToolException($"the number {token} is too large or too small");

        var number = Number.Of(new Fraction(digits, 1) * new Fraction(10, 1).Power(exponent - decimals));
        return Math.Abs(number.ToDouble()) <= double.MaxValue ? number : throw new ToolException($"the number {token} is too large");
    }

    /// <summary>
    /// Whole numbers with all their digits, other exact ones with up to 28 decimals, all else with 15 significant digits.
    /// </summary>
    public static string Print(Number number)
    {
        var value = number.ToDouble();
        if (!double.IsFinite(value))
            throw new ToolException("the result is too large (more than about 1.8e308)");
        return number.Exact is { } exact && Decimal(exact) is { } text ? text : Approximate(value);
    }

    private static bool TryExponent(string[] parts, out int exponent)
    {
        exponent = 0;
        return parts.Length == 1
            || (int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
                && exponent is >= -MaxExponent and <= MaxExponent);
    }

    private static string? Decimal(Fraction exact)
    {
        if (exact.IsInteger)
            return exact.Numerator.ToString(CultureInfo.InvariantCulture);

        var scaled = exact * new Fraction(10, 1).Power(MaxDecimals);
        if (!scaled.IsInteger)
            return null;

        var digits = BigInteger.Abs(scaled.Numerator).ToString(CultureInfo.InvariantCulture).PadLeft(MaxDecimals + 1, '0');
        var sign = scaled.Numerator.Sign < 0 ? "-" : "";
        return $"{sign}{digits[..^MaxDecimals]}.{digits[^MaxDecimals..].TrimEnd('0')}";
    }

    // Rounded to what a double surely knows, so that the last bit's noise does not show: sqrt(2)^2 is 2.
    private static string Approximate(double value)
    {
        var rounded = double.Parse(value.ToString(ApproximateFormat, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var shown = double.IsFinite(rounded) ? rounded : value;
        return shown == 0 ? "0" : shown.ToString("R", CultureInfo.InvariantCulture);
    }
}

namespace ToolService.Core.Schema.Values;

/// <summary>
/// A number of at most 18 digits without an exponent, which nearly all are, as an integer and the power of ten that divides it: compared
/// and divided exactly, without allocating. <see cref="JsonNumber"/> knows what to do with the others.
/// </summary>
internal readonly struct ShortDecimal
{
    private const int MaxDigits = 18;

    private static readonly long[] PowersOfTen = [.. Enumerable.Range(0, MaxDigits + 1).Select(power => (long)Math.Pow(10, power))];

    private readonly long _digits;
    private readonly int _scale;

    private ShortDecimal(long digits, int scale) => (_digits, _scale) = (digits, scale);

    /// <summary>Reads a JSON number; false where it has an exponent or too many digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> raw, out ShortDecimal value)
    {
        value = default;
        var negative = raw[0] == '-';
        if (raw.Length > MaxDigits)
            return false;

        long digits = 0;
        var point = -1;
        for (var i = negative ? 1 : 0; i < raw.Length; i++)
        {
            var digit = raw[i] - '0';
            if ((uint)digit <= 9)
                digits = digits * 10 + digit;
            else if (raw[i] == '.')
                point = i;
            else
                return false;
        }

        value = new ShortDecimal(negative ? -digits : digits, point < 0 ? 0 : raw.Length - point - 1);
        return true;
    }

    /// <summary>The value, if it is written without a point.</summary>
    public long? Integer => _scale == 0 ? _digits : null;

    public int CompareTo(in ShortDecimal other) =>
        _scale == other._scale ? _digits.CompareTo(other._digits) : ScaledTo(other).CompareTo(other.ScaledTo(this));

    /// <summary>Whether this is a whole number of times the divisor, which is not zero.</summary>
    public bool IsMultipleOf(in ShortDecimal divisor) =>
        _scale == divisor._scale ? _digits % divisor._digits == 0 : ScaledTo(divisor) % divisor.ScaledTo(this) == 0;

    // Two numbers of at most 18 digits, each times the other's power of ten, stay below 10^36.
    private Int128 ScaledTo(in ShortDecimal other) => (Int128)_digits * PowersOfTen[other._scale];
}

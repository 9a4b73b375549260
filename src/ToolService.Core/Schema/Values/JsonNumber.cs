using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// A JSON number as written, compared exactly whatever its size: sign, significant digits without zeros at either end, and the power
/// of ten of the last digit. Most numbers never get here: <see cref="ShortDecimal"/> answers for them.
/// </summary>
internal readonly ref struct JsonNumber
{
    private const long ExponentBound = 1L << 58;

    private readonly bool _negative;
    private readonly ReadOnlySpan<byte> _digits;
    private readonly long _exponent;

    private JsonNumber(bool negative, ReadOnlySpan<byte> digits, long exponent)
    {
        _negative = negative;
        _digits = digits;
        _exponent = exponent;
    }

    public bool IsZero => _digits.IsEmpty;

    public bool IsInteger => IsZero || _exponent >= 0;

    public bool IsNegative => Sign < 0;

    /// <summary>
    /// The power of ten of the first digit, which decides the order of two positive numbers before any digit is looked at.
    /// </summary>
    private long Magnitude => _exponent + _digits.Length;

    private int Sign => IsZero ? 0 : _negative ? -1 : 1;

    /// <summary>Whether the value is an integer: <c>1</c>, <c>1.0</c> and <c>1e3</c> are.</summary>
    public static bool HasIntegerValue(ReadOnlySpan<byte> raw) =>
        !HasPointOrExponent(raw) || Parse(raw).IsInteger;

    /// <inheritdoc cref="HasIntegerValue(ReadOnlySpan{byte})"/>
    public static bool HasIntegerValue(JsonElement number) => HasIntegerValue(JsonMarshal.GetRawUtf8Value(number));

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte})"/>
    public static JsonNumber Parse(JsonElement number) => Parse(JsonMarshal.GetRawUtf8Value(number));

    /// <summary>Reads a number as it is written.</summary>
    public static JsonNumber Parse(ReadOnlySpan<byte> raw)
    {
        var negative = raw[0] == '-';
        if (negative)
            raw = raw[1..];

        long exponent = 0;
        if (raw.IndexOfAny((byte)'e', (byte)'E') is var e and >= 0)
        {
            exponent = ParseExponent(raw[(e + 1)..]);
            raw = raw[..e];
        }

        if (raw.IndexOf((byte)'.') is var point and >= 0)
        {
            exponent -= raw.Length - point - 1;
            raw = (byte[])[.. raw[..point], .. raw[(point + 1)..]];
        }

        var digits = raw.TrimStart((byte)'0');
        var trimmed = digits.TrimEnd((byte)'0');
        return new JsonNumber(negative, trimmed, exponent + digits.Length - trimmed.Length);
    }

    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.SequenceEqual(right))
            return 0;
        return ShortDecimal.TryParse(left, out var x) && ShortDecimal.TryParse(right, out var y)
            ? x.CompareTo(y)
            : Parse(left).CompareTo(Parse(right));
    }

    public int CompareTo(JsonNumber other)
    {
        if (Sign != other.Sign || IsZero)
            return Sign.CompareTo(other.Sign);

        var order = Magnitude != other.Magnitude ? Magnitude.CompareTo(other.Magnitude) : _digits.SequenceCompareTo(other._digits);
        return _negative ? -order : order;
    }

    /// <summary>Whether this is a whole number of times the divisor, which is not zero.</summary>
    public bool IsMultipleOf(JsonNumber divisor)
    {
        if (IsZero)
            return true;

        // The last digit is not zero, so no power of ten divides this: a divisor with a greater one cannot either.
        var shift = _exponent - divisor._exponent;
        if (shift < 0)
            return false;

        var modulus = ParseDigits(divisor._digits);
        return (Remainder(_digits, modulus) * BigInteger.ModPow(10, shift, modulus) % modulus).IsZero;
    }

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_digits);
        hash.Add(Sign);
        hash.Add(IsZero ? 0 : _exponent);
        return hash.ToHashCode();
    }

    private static bool HasPointOrExponent(ReadOnlySpan<byte> raw)
    {
        // Most numbers are shorter than what vectors are for.
        foreach (var character in raw)
        {
            if (character is (byte)'.' or (byte)'e' or (byte)'E')
                return true;
        }

        return false;
    }

    private static BigInteger Remainder(ReadOnlySpan<byte> digits, BigInteger modulus)
    {
        const int ChunkLength = 18;
        var remainder = BigInteger.Zero;
        while (!digits.IsEmpty)
        {
            var length = Math.Min(ChunkLength, digits.Length);
            remainder = (remainder * BigInteger.Pow(10, length) + long.Parse(digits[..length], CultureInfo.InvariantCulture)) % modulus;
            digits = digits[length..];
        }

        return remainder;
    }

    private static BigInteger ParseDigits(ReadOnlySpan<byte> digits) =>
        BigInteger.Parse(System.Text.Encoding.ASCII.GetString(digits), CultureInfo.InvariantCulture);

    private static long ParseExponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        long exponent = 0;
        foreach (var digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
            exponent = Math.Min(ExponentBound, exponent * 10 + (digit - '0'));
        return negative ? -exponent : exponent;
    }
}

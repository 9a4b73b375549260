using System.Numerics;
using System.Runtime.CompilerServices;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>A range of numbers, told from at most eight characters at once. Numbers with a sign or an exponent are in none.</summary>
/// <param name="Least">The least integer in it.</param>
/// <param name="Most">The greatest integer in it.</param>
/// <param name="IntegersOnly">Whether numbers with a point are left out.</param>
internal readonly record struct NumberRange(long Least = long.MinValue, long Most = long.MaxValue, bool IntegersOnly = false)
{
    private const ulong Zeros = 0x3030303030303030;
    private const ulong HighNibbles = 0xF0F0F0F0F0F0F0F0;

    /// <summary>Of all numbers with a point at most those between the two integers are in it.</summary>
    public NumberRange Intersect(NumberRange other) =>
        new(Math.Max(Least, other.Least), Math.Min(Most, other.Most), IntegersOnly || other.IntegersOnly);

    /// <summary>Whether a number is certainly in the range.</summary>
    /// <param name="text">Its first eight bytes, the first one lowest; what is beyond its end does not matter.</param>
    /// <param name="size">How many bytes it has, from one to eight.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(ulong text, int size)
    {
        var shift = 8 * (sizeof(ulong) - size);
        var characters = text << shift;
        // Of all characters in numbers only digits have this upper half.
        var others = (characters & HighNibbles) ^ (Zeros << shift);
        if (others != 0)
            return !IntegersOnly && ContainsFraction(characters, others);
        return (Least <= 0 && Most == long.MaxValue) || (Digits(characters) is var value && value >= Least && value <= Most);
    }

    private bool ContainsFraction(ulong characters, ulong others)
    {
        var point = BitOperations.TrailingZeroCount(others) / 8 * 8;
        if (others >> point >> 8 != 0 || (byte)(characters >> point) != '.')
            return false;
        var whole = Digits(characters << 64 - point);
        return whole >= Least && whole < Most;
    }

    /// <summary>The value of up to eight digits, the last one in the highest byte and none in the lowest ones.</summary>
    private static long Digits(ulong digits)
    {
        digits = (digits & 0x0F0F0F0F0F0F0F0F) * (10 << 8 | 1) >> 8;
        digits = (digits & 0x00FF00FF00FF00FF) * (100 << 16 | 1) >> 16;
        return (long)((digits & 0x0000FFFF0000FFFF) * (10_000UL << 32 | 1) >> 32);
    }
}

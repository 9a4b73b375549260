using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ToolService.Core;

/// <summary>
/// Makes the service's identifiers: a prefix that tells what it names, then a UUIDv7. Ids made by one process sort in the order in which they
/// were made, also within a millisecond.
/// </summary>
public static class Ids
{
    /// <summary>The longest call id that a client may bring.</summary>
    public const int MaxCallIdLength = 128;

    private const int CounterBits = 12;
    private const long CounterMask = (1 << CounterBits) - 1;
    private const long Version = 7 << CounterBits;

    private static long _lastTick;

    /// <summary>A new id for a tool call.</summary>
    public static string NewCall() => New("call_");

    /// <summary>A new id for a session.</summary>
    public static string NewSession() => New("sess_");

    /// <summary>A new id for a turn.</summary>
    public static string NewTurn() => New("turn_");

    /// <summary>A new id for a confirmation.</summary>
    public static string NewConfirmation() => New("conf_");

    /// <summary>A new id for a callback.</summary>
    public static string NewCallback() => New("cb_");

    /// <summary>Whether a client may use this as a call id: 1 to 128 of letters, digits, <c>_</c> and <c>-</c>.</summary>
    public static bool IsValidCallId(string id) =>
        id.Length is > 0 and <= MaxCallIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static string New(string prefix)
    {
        Span<byte> id = stackalloc byte[16];
        RandomNumberGenerator.Fill(id);
        var tick = NextTick();
        BinaryPrimitives.WriteInt64BigEndian(id, ((tick >> CounterBits) << 16) | Version | (tick & CounterMask));
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return string.Concat(prefix, Convert.ToHexStringLower(id));
    }

    /// <summary>Milliseconds and a counter in one number, which only grows: a burst, or a clock that is set back, borrows from the future.</summary>
    private static long NextTick()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _lastTick);
            var next = Math.Max(last + 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << CounterBits);
            if (Interlocked.CompareExchange(ref _lastTick, next, last) == last)
                return next;
        }
    }
}

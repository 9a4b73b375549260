using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// Reads JSON strings from their raw UTF-8. Unlike <see cref="JsonElement.GetString"/> it never throws: escaped lone surrogates stay
/// what they are, broken UTF-8 becomes U+FFFD.
/// </summary>
internal static class JsonText
{
    private const int MaxBytesPerRune = 4;

    /// <summary>The bytes between the quotes, escapes not yet decoded.</summary>
    public static ReadOnlySpan<byte> Raw(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    public static bool IsEscaped(ReadOnlySpan<byte> raw) => raw.Contains((byte)'\\');

    public static string Decode(JsonElement text) => Decode(Raw(text));

    public static string Decode(ReadOnlySpan<byte> raw)
    {
        if (!IsEscaped(raw))
            return Encoding.UTF8.GetString(raw);

        var buffer = new char[raw.Length];
        return new string(buffer, 0, Decode(raw, buffer));
    }

    /// <summary>Decodes into a buffer of at least as many characters as there are bytes; returns the number of characters.</summary>
    public static int Decode(ReadOnlySpan<byte> raw, Span<char> buffer)
    {
        var written = 0;
        while (raw.IndexOf((byte)'\\') is var escape and >= 0)
        {
            written += Encoding.UTF8.GetChars(raw[..escape], buffer[written..]);
            buffer[written++] = Unescape(raw[escape..], out var length);
            raw = raw[(escape + length)..];
        }

        return written + Encoding.UTF8.GetChars(raw, buffer[written..]);
    }

    /// <summary>
    /// The text in UTF-8, lone surrogates in three bytes of their own: as U+FFFD, different names would become the same.
    /// </summary>
    public static byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> buffer = stackalloc byte[MaxBytesPerRune];
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done)
                bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
            else
                bytes.AddRange([(byte)(0xE0 | rest[0] >> 12), (byte)(0x80 | rest[0] >> 6 & 0x3F), (byte)(0x80 | rest[0] & 0x3F)]);
            rest = rest[length..];
        }

        return [.. bytes];
    }

    /// <summary>The text between quotes, in which only what must be escaped is.</summary>
    public static byte[] Escape(byte[] text)
    {
        List<byte> raw = [];
        foreach (var character in text)
            raw.AddRange(Escape(character));
        return [.. raw];
    }

    /// <summary>Whether a text may be other than <see cref="Escape(byte[])"/> writes it.</summary>
    public static bool MayBeOverescaped(ReadOnlySpan<byte> raw)
    {
        while (raw.IndexOf((byte)'\\') is var escape and >= 0)
        {
            if (raw[escape + 1] is (byte)'u' or (byte)'/')
                return true;
            raw = raw[(escape + 2)..];
        }

        return false;
    }

    /// <summary>The length in Unicode code points; an escaped surrogate pair is one.</summary>
    public static int CountCodePoints(ReadOnlySpan<byte> raw)
    {
        var count = 0;
        var high = false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                if ((raw[i] & 0xC0) == 0x80)
                    continue;
                count++;
                high = false;
                continue;
            }

            var unit = Unescape(raw[i..], out var length);
            i += length - 1;
            if (high && char.IsLowSurrogate(unit))
            {
                high = false;
                continue;
            }

            count++;
            high = char.IsHighSurrogate(unit);
        }

        return count;
    }

    /// <summary>Whether two strings, given as the raw bytes between their quotes, have the same characters.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> rawLeft, ReadOnlySpan<byte> rawRight) =>
        IsEscaped(rawLeft) || IsEscaped(rawRight)
            ? string.Equals(Decode(rawLeft), Decode(rawRight), StringComparison.Ordinal)
            : rawLeft.SequenceEqual(rawRight);

    public static int Hash(ReadOnlySpan<byte> raw)
    {
        var hash = new HashCode();
        hash.AddBytes(IsEscaped(raw) ? Encoding.UTF8.GetBytes(Decode(raw)) : raw);
        return hash.ToHashCode();
    }

    private static byte[] Escape(byte character) => character switch
    {
        (byte)'"' or (byte)'\\' => [(byte)'\\', character],
        (byte)'\n' => [.. "\\n"u8],
        (byte)'\t' => [.. "\\t"u8],
        (byte)'\r' => [.. "\\r"u8],
        (byte)'\b' => [.. "\\b"u8],
        (byte)'\f' => [.. "\\f"u8],
        < 0x20 => Encoding.ASCII.GetBytes($"\\u{character:x4}"),
        _ => [character],
    };

    private static char Unescape(ReadOnlySpan<byte> escape, out int length)
    {
        length = escape[1] == 'u' ? 6 : 2;
        return escape[1] switch
        {
            (byte)'u' => (char)(Hex(escape[2]) << 12 | Hex(escape[3]) << 8 | Hex(escape[4]) << 4 | Hex(escape[5])),
            (byte)'n' => '\n',
            (byte)'t' => '\t',
            (byte)'r' => '\r',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            var other => (char)other,
        };
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

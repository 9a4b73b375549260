namespace ToolService.Core.Schema.Formats;

/// <summary>RFC 3492, for labels of at most 63 characters.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int FirstNonAscii = 0x80;
    private const int LastCodePoint = 0x10FFFF;
    private const char Delimiter = '-';

    /// <summary>Decodes what follows <c>xn--</c>, in lower case; returns how many code points it is, -1 for other text.</summary>
    public static int Decode(ReadOnlySpan<char> input, Span<int> output)
    {
        var count = Math.Max(input.LastIndexOf(Delimiter), 0);
        for (var i = 0; i < count; i++)
            output[i] = input[i];

        var (codePoint, bias, index) = (FirstNonAscii, InitialBias, 0);
        for (var rest = input[(count > 0 ? count + 1 : 0)..]; !rest.IsEmpty;)
        {
            var distance = ReadInteger(ref rest, bias);
            if (distance < 0 || count == output.Length)
                return -1;
            bias = Adapt(distance, ++count, isFirst: index == 0);
            index += distance;
            codePoint += index / count;
            index %= count;
            if (codePoint > LastCodePoint)
                return -1;
            output[index..(count - 1)].CopyTo(output[(index + 1)..]);
            output[index++] = codePoint;
        }

        return count;
    }

    /// <summary>Encodes code points; returns the number of characters, or -1 where there is no room for them.</summary>
    public static int Encode(ReadOnlySpan<int> input, Span<char> output)
    {
        var length = 0;
        foreach (var codePoint in input)
        {
            if (codePoint >= FirstNonAscii)
                continue;
            if (length == output.Length)
                return -1;
            output[length++] = (char)codePoint;
        }

        var basic = length;
        if (basic > 0 && length < output.Length)
            output[length++] = Delimiter;
        return EncodeRest(input, basic, output, length);
    }

    private static int EncodeRest(ReadOnlySpan<int> input, int basic, Span<char> output, int length)
    {
        var (next, delta, bias) = (FirstNonAscii, 0, InitialBias);
        for (var handled = basic; handled < input.Length; delta++, next++)
        {
            var least = LastCodePoint;
            foreach (var codePoint in input)
                least = codePoint >= next ? Math.Min(least, codePoint) : least;
            delta += (least - next) * (handled + 1);
            next = least;
            foreach (var codePoint in input)
            {
                if (codePoint < next)
                    delta++;
                if (codePoint != next)
                    continue;
                if (!TryWriteInteger(delta, bias, output, ref length))
                    return -1;
                bias = Adapt(delta, handled + 1, isFirst: handled == basic);
                delta = 0;
                handled++;
            }
        }

        return length;
    }

    /// <summary>Reads a variable-length integer; -1 where it is malformed or larger than any code point needs.</summary>
    private static int ReadInteger(ref ReadOnlySpan<char> rest, int bias)
    {
        var (value, weight) = (0L, 1L);
        for (var k = Base; !rest.IsEmpty; k += Base)
        {
            var digit = char.IsAsciiDigit(rest[0]) ? rest[0] - '0' + MaxThreshold : char.IsAsciiLetterLower(rest[0]) ? rest[0] - 'a' : Base;
            rest = rest[1..];
            value += digit * weight;
            if (digit == Base || value > int.MaxValue / 2)
                return -1;
            var threshold = Math.Clamp(k - bias, MinThreshold, MaxThreshold);
            if (digit < threshold)
                return (int)value;
            weight *= Base - threshold;
        }

        return -1;
    }

    private static bool TryWriteInteger(int value, int bias, Span<char> output, ref int length)
    {
        for (var k = Base; length < output.Length; k += Base)
        {
            var threshold = Math.Clamp(k - bias, MinThreshold, MaxThreshold);
            var isLast = value < threshold;
            var digit = isLast ? value : threshold + (value - threshold) % (Base - threshold);
            output[length++] = (char)(digit < MaxThreshold ? 'a' + digit : '0' + digit - MaxThreshold);
            if (isLast)
                return true;
            value = (value - threshold) / (Base - threshold);
        }

        return false;
    }

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta /= isFirst ? Damp : 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - MinThreshold) * MaxThreshold / 2; k += Base)
            delta /= Base - MinThreshold;
        return k + (Base - MinThreshold + 1) * delta / (delta + Skew);
    }
}

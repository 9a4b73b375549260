using System.Runtime.CompilerServices;
using ToolService.Core.Schema.Values;

namespace ToolService.Core.Schema.Evaluation;

/// <summary>
/// The values of one kind of which their row and their first eight bytes tell that they satisfy certain assertions, which then need not
/// be asked. It never tells that a value is wrong: of all other values the assertions are asked.
/// </summary>
internal struct Glance()
{
    private const ulong HighBits = 0x8080808080808080;

    private bool _looksInside;

    /// <summary>Whether every value of the kind is sure.</summary>
    public readonly bool IsAlwaysSure => LeastSize == 0 && MostSize == int.MaxValue && !_looksInside;

    /// <summary>The least size: items, properties, or bytes.</summary>
    public int LeastSize { get; private set; }

    public int MostSize { get; private set; } = int.MaxValue;

    /// <summary>The bits that no byte at a string's beginning may have, where it must be ASCII.</summary>
    public ulong NonAscii { get; private set; }

    public NumberRange? Numbers { get; private set; }

    /// <summary>Takes values of this size on: items, properties, or bytes.</summary>
    public void AtLeast(int size) => LeastSize = Math.Max(LeastSize, size);

    /// <summary>Takes values up to this size.</summary>
    public void AtMost(int size) => MostSize = Math.Min(MostSize, size);

    /// <summary>Takes strings that begin with so many characters, at most eight, in ASCII.</summary>
    public void StartingInAscii(int characters)
    {
        _looksInside = true;
        NonAscii |= HighBits >> 8 * (sizeof(ulong) - characters);
        AtLeast(characters);
    }

    /// <summary>Takes short numbers of a range.</summary>
    public void Within(NumberRange range)
    {
        _looksInside = true;
        Numbers = Numbers?.Intersect(range) ?? range;
        AtLeast(1);
        AtMost(sizeof(ulong));
    }

    /// <summary>Whether the value certainly satisfies the assertions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsSure(in JsonRows rows, int row)
    {
        var size = rows.Count(row);
        return size >= LeastSize && size <= MostSize && (!_looksInside || IsSureInside(rows, row, size));
    }

    private readonly bool IsSureInside(in JsonRows rows, int row, int size)
    {
        var start = rows.Prefix(row);
        return NonAscii != 0 ? !rows.IsEscaped(row) && (start & NonAscii) == 0 : Numbers.GetValueOrDefault().Contains(start, size);
    }
}

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

    private int _leastSize;
    private int _mostSize = int.MaxValue;
    private bool _looksInside;
    private ulong _nonAscii;
    private NumberRange? _numbers;

    /// <summary>Takes values of this size on: items, properties, or bytes.</summary>
    public void AtLeast(int size) => _leastSize = Math.Max(_leastSize, size);

    /// <summary>Takes values up to this size.</summary>
    public void AtMost(int size) => _mostSize = Math.Min(_mostSize, size);

    /// <summary>Takes strings that begin with so many characters, at most eight, in ASCII.</summary>
    public void StartingInAscii(int characters)
    {
        _looksInside = true;
        _nonAscii |= HighBits >> 8 * (sizeof(ulong) - characters);
        AtLeast(characters);
    }

    /// <summary>Takes short numbers of a range.</summary>
    public void Within(NumberRange range)
    {
        _looksInside = true;
        _numbers = _numbers?.Intersect(range) ?? range;
        AtLeast(1);
        AtMost(sizeof(ulong));
    }

    /// <summary>Whether the value certainly satisfies the assertions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsSure(in JsonRows rows, int row)
    {
        var size = rows.Count(row);
        return size >= _leastSize && size <= _mostSize && (!_looksInside || IsSureInside(rows, row, size));
    }

    private readonly bool IsSureInside(in JsonRows rows, int row, int size)
    {
        var start = rows.Prefix(row);
        return _nonAscii != 0 ? !rows.IsEscaped(row) && (start & _nonAscii) == 0 : _numbers.GetValueOrDefault().Contains(start, size);
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// Where one token of a JSON text stands. The layout is the one in which <see cref="JsonDocument"/> indexes its text, so that its
/// index can be read as it is.
/// </summary>
/// <param name="start">Offset of the token's first byte; of strings and names, the one after the quote.</param>
/// <param name="size">Bytes between the quotes, bytes of a number, items of an array or properties of an object; the sign bit marks
/// strings and names that have escapes.</param>
/// <param name="kindAndRows">The token's kind in the upper four bits; below, for what opens a container, how many rows further on it
/// is closed, and zero for names and other values.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct JsonRow(int start, int size, int kindAndRows)
{
    private const int KindShift = 28;
    private const int RowsMask = (1 << KindShift) - 1;

    private readonly int _start = start;
    private readonly int _size = size;
    private readonly int _kindAndRows = kindAndRows;

    public JsonRow(JsonTokenType kind, int start, int size, bool isEscaped = false, int rows = 0)
        : this(start, isEscaped ? size | int.MinValue : size, (int)kind << KindShift | rows)
    {
    }

    public int Start => _start;

    public int Size => _size & int.MaxValue;

    /// <summary>The same as <see cref="Size"/>, but negative for strings and names with escapes.</summary>
    public int MarkedSize => _size;

    public bool IsEscaped => _size < 0;

    public JsonTokenType Kind => (JsonTokenType)(uint)(_kindAndRows >>> KindShift);

    /// <summary>How many rows further on the container is closed; zero for names and other values.</summary>
    public int Rows => _kindAndRows & RowsMask;
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// A JSON text and the rows that index it, which is how everything here reads values: a value is the number of its row. Children
/// follow their container's row; of an object, each name's row is followed by its value's.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="first">The first of its rows.</param>
internal readonly ref struct JsonRows(ReadOnlySpan<byte> text, ref readonly JsonRow first)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ref readonly JsonRow _first = ref first;

    public JsonTokenType Kind(int row) => At(row).Kind;

    /// <summary>Whether a string or name has escapes.</summary>
    public bool IsEscaped(int row) => At(row).IsEscaped;

    /// <summary>The same as <see cref="Count"/>, but negative for strings and names with escapes.</summary>
    public int MarkedCount(int row) => At(row).MarkedSize;

    /// <summary>How many items an array or properties an object has; how many bytes the content of anything else.</summary>
    public int Count(int row) => At(row).Size;

    /// <summary>The row that closes a container, where a loop over its children ends.</summary>
    public int End(int row) => row + At(row).Rows;

    /// <summary>The row after a value and everything in it.</summary>
    public int Next(int row) => row + At(row).Rows + 1;

    /// <summary>The bytes of a number, or those between the quotes of a string or name, escapes not decoded.</summary>
    public ReadOnlySpan<byte> Content(int row)
    {
        ref readonly var value = ref At(row);
        return _text.Slice(value.Start, value.Size);
    }

    /// <summary>
    /// The eight bytes from the content's first one on as a number, the first one lowest: enough to tell most names apart at once. What is
    /// beyond the content's end does not matter.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Prefix(int row) => Prefix(in At(row));

    /// <inheritdoc cref="Prefix(int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Prefix(ref readonly JsonRow row)
    {
        var start = row.Start;
        return start <= _text.Length - sizeof(ulong)
            ? Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_text), start))
            : PrefixAtEnd(start);
    }

    /// <summary>Eight bytes of the content, which must have them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Word(ref readonly JsonRow row, int offset) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_text), row.Start + offset));

    /// <summary>The first eight bytes as a number, the first one lowest; those that are missing are zero.</summary>
    public static ulong PrefixOf(ReadOnlySpan<byte> content)
    {
        var prefix = 0UL;
        for (var i = Math.Min(content.Length, sizeof(ulong)) - 1; i >= 0; i--)
            prefix = prefix << 8 | content[i];
        return prefix;
    }

    /// <summary>The value as it is written.</summary>
    public ReadOnlySpan<byte> Raw(int row)
    {
        ref readonly var value = ref At(row);
        return value.Kind switch
        {
            JsonTokenType.String or JsonTokenType.PropertyName => _text.Slice(value.Start - 1, value.Size + 2),
            JsonTokenType.StartObject or JsonTokenType.StartArray => _text[value.Start..(At(row + value.Rows).Start + 1)],
            _ => _text.Slice(value.Start, value.Size),
        };
    }

    /// <summary>The decoded text of a string or name.</summary>
    public string Text(int row) => JsonText.Decode(Content(row));

    /// <summary>The number of a row.</summary>
    public int RowOf(ref readonly JsonRow row) =>
        (int)(Unsafe.ByteOffset(ref Unsafe.AsRef(in _first), ref Unsafe.AsRef(in row)) / Unsafe.SizeOf<JsonRow>());

    private ulong PrefixAtEnd(int start)
    {
        var missing = start + sizeof(ulong) - _text.Length;
        return _text.Length < sizeof(ulong)
            ? PrefixOf(_text[start..])
            : BinaryPrimitives.ReadUInt64LittleEndian(_text[^sizeof(ulong)..]) >> 8 * missing;
    }

    // Rows are found by way of other rows only, never by what an instance says, so that no index needs checking again.
    public ref readonly JsonRow At(int row) => ref Unsafe.Add(ref Unsafe.AsRef(in _first), row);
}

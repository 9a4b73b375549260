using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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
    /// The first eight bytes of the content as a number, those beyond its end being zero: enough to tell most names apart at once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Prefix(int row)
    {
        ref readonly var value = ref At(row);
        var (start, size) = (value.Start, value.Size);
        if (_text.Length - start < sizeof(ulong))
            return PrefixOf(_text.Slice(start, size));
        var prefix = BinaryPrimitives.ReadUInt64LittleEndian(_text.Slice(start, sizeof(ulong)));
        return size >= sizeof(ulong) ? prefix : prefix & (1UL << 8 * size) - 1;
    }

    /// <inheritdoc cref="Prefix(int)"/>
    public static ulong PrefixOf(ReadOnlySpan<byte> content)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        prefix.Clear();
        content[..Math.Min(content.Length, prefix.Length)].CopyTo(prefix);
        return BinaryPrimitives.ReadUInt64LittleEndian(prefix);
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

    // Rows are found by way of other rows only, never by what an instance says, so that no index needs checking again.
    private ref readonly JsonRow At(int row) => ref Unsafe.Add(ref Unsafe.AsRef(in _first), row);
}

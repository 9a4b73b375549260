using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// Numbers a fixed set of names and finds them by their UTF-8 bytes: by comparing where they are few, by hash where they are many.
/// </summary>
internal sealed class NameTable
{
    private const int LinearSize = 8;

    private readonly byte[][] _names;

    // As nearly every writer of JSON escapes them: only what must be, so that most names have one form and need not be decoded.
    private readonly byte[][] _written;
    private readonly Key[] _keys;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>>? _lookup;

    public NameTable(IEnumerable<string> names)
    {
        _names = [.. names.Select(JsonText.Encode)];
        _written = Array.ConvertAll(_names, JsonText.Escape);
        _keys = Array.ConvertAll(_written, name => new Key(JsonRows.PrefixOf(name), Mask(name.Length), MarkedSize(name)));
        if (_names.Length <= LinearSize)
            return;

        var indexes = new Dictionary<byte[], int>(_names.Length, new ByContent());
        for (var i = 0; i < _names.Length; i++)
            indexes[_names[i]] = i;
        _lookup = indexes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _names.Length;

    /// <summary>The bytes of a name as it is mostly written.</summary>
    public ReadOnlySpan<byte> Written(int number) => _written[number];

    /// <summary>The <see cref="JsonRow.MarkedSize"/> of a name as it is mostly written.</summary>
    public int MarkedSize(int number) => _keys[number].MarkedSize;

    /// <summary>Whether no name is empty or written longer than this.</summary>
    public bool AreWithin(int bytes) => Array.TrueForAll(_written, name => name.Length > 0 && name.Length <= bytes);

    /// <summary>The number of the name or string in this row; -1 where it is not in the table.</summary>
    /// <param name="rows">The instance.</param>
    /// <param name="row">The row of a name or string.</param>
    /// <param name="guess">The number that is looked at first, as properties mostly come in the order in which they are declared.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(in JsonRows rows, int row, int guess = 0) =>
        IsName(guess, rows.Prefix(row), rows, row) ? guess : FindAnywhere(rows, row);

    private static int MarkedSize(byte[] written) =>
        JsonText.IsEscaped(written) ? written.Length | int.MinValue : written.Length;

    private static ulong Mask(int bytes) => bytes < sizeof(ulong) ? (1UL << 8 * bytes) - 1 : ulong.MaxValue;

    private int FindAnywhere(in JsonRows rows, int row)
    {
        var isEscaped = rows.IsEscaped(row);
        if (_lookup is not null && !isEscaped)
            return FindBytes(rows.Content(row));
        var index = _lookup is null ? FindByPrefix(rows.Prefix(row), rows, row) : -1;
        return index < 0 && isEscaped && (_lookup is not null || JsonText.MayBeOverescaped(rows.Content(row)))
            ? FindBytes(JsonText.Encode(rows.Text(row)))
            : index;
    }

    private int FindByPrefix(ulong prefix, in JsonRows rows, int row)
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (IsName(i, prefix, rows, row))
                return i;
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsName(int index, ulong prefix, in JsonRows rows, int row)
    {
        if ((uint)index >= (uint)_keys.Length)
            return false;
        ref readonly var key = ref _keys[index];
        return key.MarkedSize == rows.MarkedCount(row) && (prefix & key.Mask) == key.Prefix
            && ((key.MarkedSize & int.MaxValue) <= sizeof(ulong) || IsWholeName(index, rows, row));
    }

    private bool IsWholeName(int index, in JsonRows rows, int row) => rows.Content(row).SequenceEqual(_written[index]);

    private int FindBytes(ReadOnlySpan<byte> name)
    {
        if (_lookup is { } lookup)
            return lookup.TryGetValue(name, out var index) ? index : -1;

        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
                return i;
        }

        return -1;
    }

    /// <summary>What a name is compared by.</summary>
    /// <param name="Prefix">Its first eight bytes.</param>
    /// <param name="Mask">Which of them it has.</param>
    /// <param name="MarkedSize">How many bytes it has, negative where some are escapes.</param>
    private readonly record struct Key(ulong Prefix, ulong Mask, int MarkedSize);

    private sealed class ByContent : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

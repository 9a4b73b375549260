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
    private readonly Key[] _keys;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>>? _lookup;

    public NameTable(IEnumerable<string> names)
    {
        _names = [.. names.Select(JsonText.Encode)];
        _keys = Array.ConvertAll(_names, name => new Key(JsonRows.PrefixOf(name), Mask(name.Length), name.Length));
        if (_names.Length <= LinearSize)
            return;

        var indexes = new Dictionary<byte[], int>(_names.Length, new ByContent());
        for (var i = 0; i < _names.Length; i++)
            indexes[_names[i]] = i;
        _lookup = indexes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _names.Length;

    /// <summary>The bytes of a name.</summary>
    public ReadOnlySpan<byte> Content(int number) => _names[number];

    /// <summary>Whether no name is empty or longer than this.</summary>
    public bool AreWithin(int bytes) => Array.TrueForAll(_names, name => name.Length > 0 && name.Length <= bytes);

    /// <summary>The number of the name or string in this row; -1 where it is not in the table.</summary>
    /// <param name="rows">The instance.</param>
    /// <param name="row">The row of a name or string.</param>
    /// <param name="guess">The number that is looked at first, as properties mostly come in the order in which they are declared.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(in JsonRows rows, int row, int guess = 0) =>
        IsName(guess, rows.Prefix(row), rows, row) ? guess : FindAnywhere(rows, row);

    private static ulong Mask(int bytes) => bytes < sizeof(ulong) ? (1UL << 8 * bytes) - 1 : ulong.MaxValue;

    private int FindAnywhere(in JsonRows rows, int row)
    {
        if (rows.IsEscaped(row))
            return FindBytes(JsonText.Encode(rows.Text(row)));
        return _lookup is null ? FindByPrefix(rows.Prefix(row), rows, row) : FindBytes(rows.Content(row));
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
        return key.Size == rows.MarkedCount(row) && (prefix & key.Mask) == key.Prefix
            && (key.Size <= sizeof(ulong) || IsWholeName(index, rows, row));
    }

    private bool IsWholeName(int index, in JsonRows rows, int row) => rows.Content(row).SequenceEqual(_names[index]);

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
    /// <param name="Size">How many bytes it has.</param>
    private readonly record struct Key(ulong Prefix, ulong Mask, int Size);

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

using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// Numbers a fixed set of names and finds them by their UTF-8 bytes: by comparing where they are few, by hash where they are many.
/// </summary>
internal sealed class NameTable
{
    private const int LinearSize = 8;

    private readonly byte[][] _names;
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>>? _lookup;

    public NameTable(IEnumerable<string> names)
    {
        _names = [.. names.Select(Encoding.UTF8.GetBytes)];
        if (_names.Length <= LinearSize)
            return;

        var indexes = new Dictionary<byte[], int>(_names.Length, new ByComparer());
        for (var i = 0; i < _names.Length; i++)
            indexes[_names[i]] = i;
        _lookup = indexes.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => _names.Length;

    /// <summary>The index of the property's name; -1 where it is not in the table.</summary>
    public int Find(JsonProperty property) => Find(PropertyName.Raw(property));

    /// <summary>The index of a name or string given as the raw bytes between its quotes; -1 where it is not in the table.</summary>
    public int Find(ReadOnlySpan<byte> raw)
    {
        if (JsonText.IsEscaped(raw))
            raw = Encoding.UTF8.GetBytes(JsonText.Decode(raw));
        if (_lookup is { } lookup)
            return lookup.TryGetValue(raw, out var index) ? index : -1;

        for (var i = 0; i < _names.Length; i++)
        {
            if (raw.SequenceEqual(_names[i]))
                return i;
        }

        return -1;
    }

    private sealed class ByComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
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

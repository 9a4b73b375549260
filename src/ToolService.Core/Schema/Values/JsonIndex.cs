using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>A value with the rows of the document that it stands in, to be kept where a <see cref="JsonRows"/> cannot be.</summary>
/// <param name="Text">The document's text.</param>
/// <param name="RowBytes">Its rows, as bytes.</param>
/// <param name="Root">The value's row.</param>
internal readonly record struct JsonIndex(ReadOnlyMemory<byte> Text, byte[] RowBytes, int Root)
{
    public JsonRows Rows => new(Text.Span, ref Unsafe.As<byte, JsonRow>(ref MemoryMarshal.GetArrayDataReference(RowBytes)));

    /// <summary>The index of a value that is one; false where it is undefined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryOf(JsonElement value, out JsonIndex index) =>
        DocumentRows.TryRead(value, out index) || TryMake(value, out index);

    /// <summary>The value's index: the one that its document has, or else one made now.</summary>
    /// <exception cref="ArgumentException">The value is undefined.</exception>
    public static JsonIndex Of(JsonElement value) =>
        TryOf(value, out var index) ? index : throw new ArgumentException("There is no value.", nameof(value));

    private static bool TryMake(JsonElement value, out JsonIndex index)
    {
        // A disposed document has no rows; asking its element throws what callers expect of it.
        var exists = value.ValueKind != JsonValueKind.Undefined;
        index = exists ? JsonIndexer.Index(JsonMarshal.GetRawUtf8Value(value)) : default;
        return exists;
    }
}

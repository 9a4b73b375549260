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

    /// <summary>The value's index: the one that its document has, or else one made now.</summary>
    public static JsonIndex Of(JsonElement value) =>
        DocumentRows.TryRead(value, out var index) ? index : JsonIndexer.Index(JsonMarshal.GetRawUtf8Value(value));
}

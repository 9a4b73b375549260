using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ToolService.Core.Schema.Values;

/// <summary>
/// Reads the index that <see cref="JsonDocument"/> has of its text. Its public face hands out one token at a time at a price that is
/// most of a validation's. Nothing promises that the index stays as it is, so that on first use sample documents are read both ways;
/// if they differ in anything, or the fields are not there, every value is indexed anew instead, which is slower and as right.
/// </summary>
internal static class DocumentRows
{
    private const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;

    private static readonly byte[][] Samples =
    [
        """ [ {"a": 1, "b\n": [-1.5e+3, "x\u0041\t", {"c": [], "": {}}, "é🐲"], "a": true, "n": null, "f": false } , [[0]], "" ] """u8.ToArray(),
        """[[1],{"a":{"b":{"c":[{"d":"\\"},[],[[]]]}}},"plain",12345678901234567890,1e400]"""u8.ToArray(),
        "17"u8.ToArray(),
        "\"\\\"\""u8.ToArray(),
    ];

    // Of documents' rows, seen from their text: the type that holds them has no name here.
    private static readonly nint? RowsDistance = FindRows();

    /// <summary>Whether documents can be read; if not, they are indexed anew.</summary>
    public static bool IsSupported => RowsDistance is not null;

    /// <summary>Reads the index of a value; false where there is none to read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(JsonElement element, out JsonIndex index)
    {
        index = default;
        if (RowsDistance is not { } distance || Document(ref element) is not { } document || Rows(document, distance) is not { } rows)
            return false;
        index = new JsonIndex(Text(document), rows, Offset(ref element) / Unsafe.SizeOf<JsonRow>());
        return true;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_parent")]
    private static extern ref JsonDocument? Document(ref JsonElement element);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_idx")]
    private static extern ref int Offset(ref JsonElement element);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_utf8Json")]
    private static extern ref ReadOnlyMemory<byte> Text(JsonDocument document);

    /// <summary>The document's rows; null once it is disposed.</summary>
    private static byte[]? Rows(JsonDocument document, nint distance) =>
        Unsafe.As<ReadOnlyMemory<byte>, byte[]?>(ref Unsafe.AddByteOffset(ref Text(document), distance));

    private static nint? FindRows()
    {
        try
        {
            var distance = MeasureDistance();
            return Array.TrueForAll(Samples, sample => Agrees(distance, JsonElement.Parse(sample))) ? distance : null;
        }
        catch (Exception e) when (e is MissingFieldException or InvalidProgramException or ArgumentException or IndexOutOfRangeException
            or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private static nint MeasureDistance()
    {
        var index = Field(typeof(JsonDocument), "_parsedData");
        var method = new DynamicMethod("MeasureDistance", typeof(nint), [typeof(JsonDocument)], typeof(JsonDocument), skipVisibility: true);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldflda, index);
        code.Emit(OpCodes.Ldflda, Field(index.FieldType, "_data", typeof(byte[])));
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldflda, Field(typeof(JsonDocument), "_utf8Json", typeof(ReadOnlyMemory<byte>)));
        code.Emit(OpCodes.Sub);
        code.Emit(OpCodes.Ret);
        using var document = JsonDocument.Parse(Samples[0]);
        return method.CreateDelegate<Func<JsonDocument, nint>>()(document);
    }

    private static FieldInfo Field(Type type, string name, Type? expected = null) =>
        type.GetField(name, Private) is { } field && (expected is null || field.FieldType == expected)
            ? field
            : throw new MissingFieldException(type.Name, name);

    /// <summary>Whether the document's rows and ours say the same of a value, and of each value in it as an element of its own.</summary>
    private static bool Agrees(nint distance, JsonElement element)
    {
        var (document, offset) = (Document(ref element)!, Offset(ref element));
        var theirs = new JsonIndex(Text(document), Rows(document, distance)!, offset / Unsafe.SizeOf<JsonRow>());
        var ours = JsonIndexer.Index(JsonMarshal.GetRawUtf8Value(element));
        return offset % Unsafe.SizeOf<JsonRow>() == 0
            && AreAlike(theirs.Rows, theirs.Root, ours.Rows, ours.Root)
            && element.ValueKind switch
            {
                JsonValueKind.Array => element.EnumerateArray().All(item => Agrees(distance, item)),
                JsonValueKind.Object => element.EnumerateObject().All(property => Agrees(distance, property.Value)),
                _ => true,
            };
    }

    private static bool AreAlike(JsonRows theirs, int first, JsonRows ours, int root)
    {
        var length = ours.Next(root) - root;
        if (theirs.Next(first) - first != length)
            return false;
        for (var i = 0; i < length; i++)
        {
            var kind = ours.Kind(root + i);
            if (theirs.Kind(first + i) != kind)
                return false;
            if (kind is not (JsonTokenType.EndArray or JsonTokenType.EndObject) && !AreAlike(theirs, first + i, ours, root + i, first - root))
                return false;
        }

        return true;
    }

    private static bool AreAlike(in JsonRows theirs, int their, in JsonRows ours, int our, int shift)
    {
        if (theirs.Next(their) - shift != ours.Next(our) || theirs.Count(their) != ours.Count(our) || !theirs.Raw(their).SequenceEqual(ours.Raw(our)))
            return false;
        return ours.Kind(our) is JsonTokenType.StartArray or JsonTokenType.StartObject
            ? theirs.End(their) - shift == ours.End(our)
            : theirs.Content(their).SequenceEqual(ours.Content(our)) && theirs.IsEscaped(their) == ours.IsEscaped(our);
    }
}

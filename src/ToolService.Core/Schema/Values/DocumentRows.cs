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

    private static readonly Reader? Read = CreateReader();

    private delegate void Reader(JsonElement element, out ReadOnlyMemory<byte> text, out byte[] rows, out int offset);

    /// <summary>Whether documents can be read; if not, they are indexed anew.</summary>
    public static bool IsSupported => Read is not null;

    public static bool TryRead(JsonElement element, out JsonIndex index)
    {
        index = default;
        if (Read is null)
            return false;
        Read(element, out var text, out var rows, out var offset);
        index = new JsonIndex(text, rows, offset / Unsafe.SizeOf<JsonRow>());
        // A disposed document has no rows; asking its element throws what callers expect of it.
        return rows is not null || element.ValueKind == JsonValueKind.Undefined;
    }

    private static Reader? CreateReader()
    {
        try
        {
            var reader = Emit();
            return Array.TrueForAll(Samples, sample => Agrees(reader, JsonElement.Parse(sample))) ? reader : null;
        }
        catch (Exception e) when (e is MissingFieldException or InvalidProgramException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static Reader Emit()
    {
        var document = Field(typeof(JsonElement), "_parent");
        var index = Field(document.FieldType, "_parsedData");
        var method = new DynamicMethod(
            "ReadRows",
            null,
            [typeof(JsonElement), .. new[] { typeof(ReadOnlyMemory<byte>), typeof(byte[]), typeof(int) }.Select(type => type.MakeByRefType())],
            typeof(JsonElement),
            skipVisibility: true);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarga_S, (byte)0);
        code.Emit(OpCodes.Ldfld, document);
        code.Emit(OpCodes.Ldfld, Field(document.FieldType, "_utf8Json", typeof(ReadOnlyMemory<byte>)));
        code.Emit(OpCodes.Stobj, typeof(ReadOnlyMemory<byte>));
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Ldarga_S, (byte)0);
        code.Emit(OpCodes.Ldfld, document);
        code.Emit(OpCodes.Ldflda, index);
        code.Emit(OpCodes.Ldfld, Field(index.FieldType, "_data", typeof(byte[])));
        code.Emit(OpCodes.Stind_Ref);
        code.Emit(OpCodes.Ldarg_3);
        code.Emit(OpCodes.Ldarga_S, (byte)0);
        code.Emit(OpCodes.Ldfld, Field(typeof(JsonElement), "_idx", typeof(int)));
        code.Emit(OpCodes.Stind_I4);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Reader>();
    }

    private static FieldInfo Field(Type type, string name, Type? expected = null) =>
        type.GetField(name, Private) is { } field && (expected is null || field.FieldType == expected)
            ? field
            : throw new MissingFieldException(type.Name, name);

    /// <summary>Whether the document's rows and ours say the same of a value, and of each value in it as an element of its own.</summary>
    private static bool Agrees(Reader reader, JsonElement element)
    {
        reader(element, out var text, out var bytes, out var offset);
        var theirs = new JsonIndex(text, bytes, offset / Unsafe.SizeOf<JsonRow>());
        var ours = JsonIndexer.Index(JsonMarshal.GetRawUtf8Value(element));
        return offset % Unsafe.SizeOf<JsonRow>() == 0
            && AreAlike(theirs.Rows, theirs.Root, ours.Rows, ours.Root)
            && element.ValueKind switch
            {
                JsonValueKind.Array => element.EnumerateArray().All(item => Agrees(reader, item)),
                JsonValueKind.Object => element.EnumerateObject().All(property => Agrees(reader, property.Value)),
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

using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ToolService.Core.Execution.Repair;

/// <summary>Values by their JSON pointers.</summary>
internal static class JsonPlace
{
    private const int DeepestWritten = 1000;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DeepestWritten };

    /// <summary>How many objects and arrays are around the place.</summary>
    public static int DepthOf(string pointer) => pointer.Count(c => c == '/');

    /// <summary>Whether a place is another one, or within it.</summary>
    public static bool IsWithin(string pointer, string outer) =>
        pointer.StartsWith(outer, StringComparison.Ordinal) && (pointer.Length == outer.Length || pointer[outer.Length] == '/');

    /// <summary>The pointer of a member.</summary>
    public static string Member(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The value at the place; null where there is none.</summary>
    public static JsonElement? Find(JsonElement value, string pointer)
    {
        foreach (var token in pointer.Split('/').Skip(1))
        {
            if (value.ValueKind is JsonValueKind.Array && int.TryParse(token, out var index) && index >= 0 && index < value.GetArrayLength())
                value = value[index];
            else if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(Unescape(token), out value))
                return null;
        }

        return value;
    }

    /// <summary>The value with others at some places; everything else keeps its text.</summary>
    public static JsonElement Replace(JsonElement value, IReadOnlyDictionary<string, string> replacements)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Readable))
            Write(json, value, "", replacements);
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = DeepestWritten });
        return JsonElement.ParseValue(ref reader);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, string pointer, IReadOnlyDictionary<string, string> replacements)
    {
        if (replacements.TryGetValue(pointer, out var replacement))
            json.WriteRawValue(replacement);
        else if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || !replacements.Keys.Any(place => IsWithin(place, pointer)))
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        else if (value.ValueKind is JsonValueKind.Object)
            WriteMembers(json, value, pointer, replacements);
        else
            WriteItems(json, value, pointer, replacements);
    }

    private static void WriteMembers(Utf8JsonWriter json, JsonElement value, string pointer, IReadOnlyDictionary<string, string> replacements)
    {
        json.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            json.WritePropertyName(member.Name);
            Write(json, member.Value, Member(pointer, member.Name), replacements);
        }

        json.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter json, JsonElement value, string pointer, IReadOnlyDictionary<string, string> replacements)
    {
        json.WriteStartArray();
        var index = 0;
        foreach (var item in value.EnumerateArray())
            Write(json, item, $"{pointer}/{index++}", replacements);
        json.WriteEndArray();
    }

    private static string Unescape(string token) => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}

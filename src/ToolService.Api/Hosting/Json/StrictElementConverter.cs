using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace ToolService.Api.Hosting.Json;

/// <summary>
/// Reads any JSON value as the framework does, and refuses bytes that are not UTF-8: the framework's own finds them only when somebody asks
/// for the text, which is then nobody's fault but ours. It does find half a surrogate pair in a member's name, and calls that the wrong type.
/// </summary>
internal sealed class StrictElementConverter : JsonConverter<JsonElement>
{
    /// <summary>How the refusal begins.</summary>
    public const string NotUnicode = "The value is not valid Unicode.";

    /// <summary>How the refusal of a member's name begins.</summary>
    public const string UnpairedName = "The name of a member is not valid Unicode";

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = ReadElement(ref reader, typeToConvert, options);
        return Utf8.IsValid(JsonMarshal.GetRawUtf8Value(element)) ? element : throw new JsonException(NotUnicode);
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) =>
        JsonMetadataServices.JsonElementConverter.Write(writer, value, options);

    private static JsonElement ReadElement(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        try
        {
            return JsonMetadataServices.JsonElementConverter.Read(ref reader, type, options);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(UnpairedName, e);
        }
    }
}

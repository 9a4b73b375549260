using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Api.Hosting.Json;

/// <summary>JSON that is kept as text, such as a tool's result; on the wire it is the value itself.</summary>
/// <param name="Text">One valid JSON value.</param>
[JsonConverter(typeof(Converter))]
public readonly record struct RawJson(string Text)
{
    /// <summary>The value; null for no text.</summary>
    public static RawJson? Of(string? text) => text is null ? null : new RawJson(text);

    /// <summary>Writes the text as it is: it was checked when it was stored.</summary>
    internal sealed class Converter : JsonConverter<RawJson>
    {
        /// <inheritdoc/>
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonElement.ParseValue(ref reader).GetRawText());

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}

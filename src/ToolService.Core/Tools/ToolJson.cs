using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ToolService.Core.Tools;

/// <summary>How tools' schemas, arguments and results look in JSON: snake_case members and enum values, nothing unknown or twice.</summary>
internal static class ToolJson
{
    /// <summary>For schemas and results. Text is escaped as little as JSON allows: models pay for every <c>\u00B0</c>.</summary>
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>
    /// For arguments: also reads <c>3.0</c> and <c>3e2</c> into integers, which JSON Schema calls integers and models write.
    /// Not for schemas: the exporter cannot see through a custom converter.
    /// </summary>
    public static readonly JsonSerializerOptions Arguments = Create(
        new WholeNumberConverter<int>(),
        new WholeNumberConverter<long>(),
        new WholeNumberConverter<short>(),
        new WholeNumberConverter<byte>());

    private static JsonSerializerOptions Create(params ReadOnlySpan<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        };
        foreach (var converter in converters)
            options.Converters.Add(converter);
        options.MakeReadOnly();
        return options;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToolService.Core.Storage;

/// <summary>Small records that are kept as JSON in a column; the default one as null, so that most rows have nothing there.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static string? Of<T>(T value, T @default)
        where T : class => value.Equals(@default) ? null : JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string? text, T @default)
        where T : class => text is null ? @default : JsonSerializer.Deserialize<T>(text, Options) ?? @default;
}

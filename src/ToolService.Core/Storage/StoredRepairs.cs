using System.Text.Json;
using System.Text.Json.Serialization;
using ToolService.Core.Execution.Repair;

namespace ToolService.Core.Storage;

/// <summary>Repairs as text; null for none, as most calls have.</summary>
internal static class StoredRepairs
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static string? Of(IReadOnlyList<ToolRepair> repairs) => repairs.Count == 0 ? null : JsonSerializer.Serialize(repairs, Options);

    public static IReadOnlyList<ToolRepair> Parse(string? text) => text is null ? [] : JsonSerializer.Deserialize<ToolRepair[]>(text, Options)!;
}

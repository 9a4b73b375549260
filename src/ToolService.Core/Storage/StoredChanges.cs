using System.Text.Json;
using ToolService.Core.Tools;

namespace ToolService.Core.Storage;

/// <summary>Changes of a tool's definition as text; null for none.</summary>
internal static class StoredChanges
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string? Of(IReadOnlyList<DefinitionChange> changes) =>
        changes.Count == 0 ? null : JsonSerializer.Serialize(changes, Options);

    public static IReadOnlyList<DefinitionChange> Parse(string? text) =>
        text is null ? [] : JsonSerializer.Deserialize<DefinitionChange[]>(text, Options)!;
}

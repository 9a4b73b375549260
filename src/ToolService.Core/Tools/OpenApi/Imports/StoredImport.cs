using System.Text.Json;

namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>An import as it is stored: the document as it came, and how it is read.</summary>
internal sealed record StoredImport(string Document, OpenApiImportOptions Options)
{
    /// <exception cref="JsonException">It is none.</exception>
    public static StoredImport Parse(string json) =>
        JsonSerializer.Deserialize<StoredImport>(json, ToolJson.Options) ?? throw new JsonException("It is null.");

    public string ToJson() => JsonSerializer.Serialize(this, ToolJson.Options);
}

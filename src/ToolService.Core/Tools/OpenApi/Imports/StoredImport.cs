using System.Text.Json;

namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>An import as it is stored: the document as it came, and how it is read.</summary>
internal sealed record StoredImport(string Document, OpenApiImportOptions Options)
{
    public static StoredImport Parse(string json) => JsonSerializer.Deserialize<StoredImport>(json, ToolJson.Options)!;

    public string ToJson() => JsonSerializer.Serialize(this, ToolJson.Options);
}

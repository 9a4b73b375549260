using System.Collections.Frozen;
using System.Text.Json;

namespace ToolService.Core.Schema.Compilation;

/// <summary>The meta-schemas of the three drafts and of their vocabularies, which every schema may refer to.</summary>
internal static class Metaschemas
{
    private static readonly Lazy<FrozenDictionary<string, JsonElement>> Documents = new(Load);

    public static bool TryFind(string uri, out JsonElement schema) => Documents.Value.TryGetValue(uri, out schema);

    private static FrozenDictionary<string, JsonElement> Load() =>
        ((string[])["2020-12", "2019-09", "draft-07"]).SelectMany(Load).ToFrozenDictionary(StringComparer.Ordinal);

    private static IEnumerable<KeyValuePair<string, JsonElement>> Load(string draft)
    {
        using var file = typeof(Metaschemas).Assembly.GetManifestResourceStream($"Metaschemas/{draft}.json")!;
        using var documents = JsonDocument.Parse(file);
        foreach (var document in documents.RootElement.EnumerateObject())
            yield return KeyValuePair.Create(document.Name, document.Value.Clone());
    }
}

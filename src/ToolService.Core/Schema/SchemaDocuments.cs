using System.Collections.Immutable;
using System.Text.Json;

namespace ToolService.Core.Schema;

/// <summary>
/// Documents that schemas may refer to by URI: schemas, meta-schemas, or anything that holds schemas somewhere inside. Immutable:
/// adding answers a new set. A document is read only when a reference leads there.
/// </summary>
public sealed class SchemaDocuments
{
    private readonly ImmutableDictionary<string, JsonElement> _documents;

    private SchemaDocuments(ImmutableDictionary<string, JsonElement> documents) => _documents = documents;

    /// <summary>No documents.</summary>
    public static SchemaDocuments None { get; } = new(ImmutableDictionary.Create<string, JsonElement>(StringComparer.Ordinal));

    /// <summary>These documents and one more, in the place of one with the same URI. The element is copied.</summary>
    /// <param name="uri">The absolute URI that references name it by, without a fragment.</param>
    /// <param name="schema">The document.</param>
    /// <exception cref="ArgumentException">The URI is relative or has a fragment, or there is no document.</exception>
    public SchemaDocuments Add(Uri uri, JsonElement schema)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.AbsoluteUri.TrimEnd('#').Contains('#', StringComparison.Ordinal))
            throw new ArgumentException("A document's URI must be absolute and have no fragment.", nameof(uri));
        if (schema.ValueKind == JsonValueKind.Undefined)
            throw new ArgumentException("There is no document.", nameof(schema));

        return new SchemaDocuments(_documents.SetItem(uri.AbsoluteUri.TrimEnd('#'), schema.Clone()));
    }

    /// <summary>The document of this absolute URI, which has no fragment.</summary>
    internal bool TryFind(string uri, out JsonElement schema) => _documents.TryGetValue(uri, out schema);
}

namespace ToolService.Core.Schema.Compilation;

/// <summary>A schema with its own URI, the whole document or a part with an <c>$id</c>, and the anchors in it.</summary>
internal sealed class SchemaResource(Uri uri)
{
    private SchemaPlace? _root;

    public Uri Uri { get; } = uri;

    public SchemaPlace Root => _root ?? throw new InvalidOperationException("The resource has not been scanned.");

    /// <summary>Places by the names of <c>$anchor</c> and <c>$dynamicAnchor</c>.</summary>
    public Dictionary<string, SchemaPlace> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Which of the anchors are dynamic.</summary>
    public HashSet<string> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    public void SetRoot(SchemaPlace root) => _root = root;
}

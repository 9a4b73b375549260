namespace ToolService.Core.Schema.Compilation;

/// <summary>
/// A schema with its own URI, a whole document or a part with an <c>$id</c>: one dialect, one base URI, and the anchors in it.
/// </summary>
internal sealed class SchemaResource(Uri uri, SchemaDialect dialect)
{
    private SchemaPlace? _root;

    public Uri Uri { get; } = uri;

    public SchemaDialect Dialect { get; } = dialect;

    public bool HasRoot => _root is not null;

    public SchemaPlace Root => _root ?? throw new InvalidOperationException("The resource has not been scanned.");

    /// <summary>Places by the names that a fragment may give.</summary>
    public Dictionary<string, SchemaPlace> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Places by the names that a dynamic reference may look for in the resources that evaluation has entered.</summary>
    public Dictionary<string, SchemaPlace> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether some dynamic reference may lead here, so that evaluation must remember having entered.</summary>
    public bool IsDynamicScope { get; set; }

    public void SetRoot(SchemaPlace root) => _root ??= root;
}

namespace ToolService.Core.Schema;

/// <summary>
/// How a schema is compiled and what its errors look like. Every default is what the standard says where it says anything.
/// </summary>
public sealed record SchemaOptions
{
    /// <summary>The defaults.</summary>
    public static SchemaOptions Default { get; } = new();

    /// <summary>
    /// The draft of schemas and documents that name none in <c>$schema</c>. Default: <see cref="SchemaDraft.Draft202012"/>.
    /// </summary>
    public SchemaDraft Draft { get; init; } = SchemaDraft.Draft202012;

    /// <summary>
    /// Whether <c>format</c> is enforced for the formats that the standard defines; others stay annotations. Default: false, as in the
    /// standard, where only a meta-schema with the vocabulary <c>format-assertion</c> turns it on.
    /// </summary>
    public bool AssertFormats { get; init; }

    /// <summary>
    /// The documents that <c>$ref</c> and <c>$schema</c> may name. Default: none but the meta-schemas of the three drafts, which are
    /// always there. Nothing is ever fetched.
    /// </summary>
    public SchemaDocuments Documents { get; init; } = SchemaDocuments.None;

    /// <summary>
    /// What becomes of keywords that the schema's dialect does not know. Default: <see cref="UnknownKeywordRule.Ignore"/>, as in the
    /// standard; <see cref="JsonSchema.IgnoredKeywords"/> lists them.
    /// </summary>
    public UnknownKeywordRule UnknownKeywords { get; init; } = UnknownKeywordRule.Ignore;

    /// <summary>How many errors <see cref="JsonSchema.Validate"/> lists; one more entry counts the rest. Default: 100.</summary>
    public int MaxErrors { get; init; } = 100;
}

namespace ToolService.Core.Schema.Compilation;

/// <summary>What a keyword's value holds.</summary>
internal enum KeywordShape
{
    /// <summary>No schemas.</summary>
    Plain,

    /// <summary>No schemas, and nothing that is enforced.</summary>
    Annotation,

    /// <summary>A schema.</summary>
    Schema,

    /// <summary>A list of schemas, not empty.</summary>
    SchemaList,

    /// <summary>Schemas by name.</summary>
    SchemaMap,
}

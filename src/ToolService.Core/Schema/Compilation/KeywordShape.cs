namespace ToolService.Core.Schema.Compilation;

/// <summary>What a keyword's value holds, and whether anything depends on it.</summary>
internal enum KeywordShape
{
    /// <summary>No schemas.</summary>
    Plain,

    /// <summary>No schemas, and nothing that is enforced.</summary>
    Annotation,

    /// <summary>No schemas: it says what the schema is called, or how it is read.</summary>
    Identifier,

    /// <summary>A schema.</summary>
    Schema,

    /// <summary>A schema that applies to nothing.</summary>
    UnappliedSchema,

    /// <summary>A list of schemas, not empty.</summary>
    SchemaList,

    /// <summary>A schema, or a list of them.</summary>
    SchemaOrList,

    /// <summary>Schemas by name.</summary>
    SchemaMap,

    /// <summary>Schemas by name that only references apply.</summary>
    Definitions,

    /// <summary>By name, schemas or lists of names.</summary>
    Dependencies,
}

namespace ToolService.Core.Schema;

/// <summary>A version of the JSON Schema standard.</summary>
public enum SchemaDraft
{
    /// <summary>Draft 2020-12.</summary>
    Draft202012,

    /// <summary>Draft 2019-09.</summary>
    Draft201909,

    /// <summary>Draft-07.</summary>
    Draft07,
}

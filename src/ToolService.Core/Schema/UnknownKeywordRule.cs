namespace ToolService.Core.Schema;

/// <summary>
/// What becomes of keywords that a schema's dialect does not know. Names that start with <c>x-</c> are extensions and always ignored.
/// </summary>
public enum UnknownKeywordRule
{
    /// <summary>They are ignored, as the standard says.</summary>
    Ignore,

    /// <summary>
    /// Those that look enforced are refused: near-misses such as <c>requierd</c>, and keywords of another draft such as
    /// <c>prefixItems</c> in draft-07. Others are ignored.
    /// </summary>
    RefuseMisspelt,

    /// <summary>All are refused.</summary>
    Refuse,
}

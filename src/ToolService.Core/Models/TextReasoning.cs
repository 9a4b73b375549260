namespace ToolService.Core.Models;

/// <summary>What becomes of thoughts that a model writes into its answer.</summary>
public enum TextReasoning
{
    /// <summary>They are shown as they are written.</summary>
    None,

    /// <summary>An answer that begins with <c>&lt;think&gt;</c>, or another such tag, begins with a thought, which is not shown.</summary>
    Tagged,

    /// <summary>
    /// Every answer begins within a thought, which <c>&lt;/think&gt;</c> ends: for models whose template writes the first tag itself. An
    /// answer without that tag is all thought.
    /// </summary>
    Opened,
}

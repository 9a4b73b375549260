namespace ToolService.Core.Tools.OpenApi.Imports;

/// <summary>What an import changes about a tool.</summary>
public enum ImportChange
{
    /// <summary>The source did not have it.</summary>
    Added,

    /// <summary>The source has it with another definition; it is held back until somebody approves the new one.</summary>
    Changed,

    /// <summary>Nothing.</summary>
    Same,
}

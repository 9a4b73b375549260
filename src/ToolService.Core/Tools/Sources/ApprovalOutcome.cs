namespace ToolService.Core.Tools.Sources;

/// <summary>What became of an approval.</summary>
public enum ApprovalOutcome
{
    /// <summary>The tool may be used.</summary>
    Approved,

    /// <summary>No such tool is held back.</summary>
    Unknown,

    /// <summary>The tool's definition is another one than was approved; it is still held back.</summary>
    Changed,
}

namespace ToolService.Core.Tools.Http.Registration;

/// <summary>What became of a change of a registered tool.</summary>
public enum HttpToolOutcome
{
    /// <summary>The tool is new.</summary>
    Created,

    /// <summary>The tool has another definition than before.</summary>
    Replaced,

    /// <summary>The tool had exactly this definition.</summary>
    Unchanged,

    /// <summary>The tool is gone.</summary>
    Removed,

    /// <summary>The definition is not valid.</summary>
    Invalid,

    /// <summary>There is a registered tool of this name with another definition.</summary>
    Exists,

    /// <summary>A tool of another source has the name, or one whose name differs in case only.</summary>
    NameTaken,

    /// <summary>The tool's definition is not the one that the caller knows.</summary>
    Changed,

    /// <summary>No tool of this name is registered.</summary>
    Unknown,

    /// <summary>There are as many tools as there may be.</summary>
    TooMany,

    /// <summary>The definition is too long.</summary>
    TooLong,
}

namespace ToolService.Core.Execution.Repair;

/// <summary>What was changed in a call's arguments.</summary>
public enum ToolRepairKind
{
    /// <summary>A comma before a closing bracket was removed.</summary>
    TrailingComma,

    /// <summary>Single quotes around a string became double quotes.</summary>
    SingleQuotes,

    /// <summary>A member's name was put in quotes.</summary>
    UnquotedKey,

    /// <summary>Brackets that were still open at the end were closed.</summary>
    UnclosedBracket,

    /// <summary><c>True</c>, <c>False</c> or <c>None</c> became <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    PythonLiteral,

    /// <summary>A Markdown code fence around the arguments was removed.</summary>
    CodeFence,

    /// <summary>A string that held a JSON object or array became that.</summary>
    JsonInString,

    /// <summary>A string that held a number, a boolean or null became that.</summary>
    TextToValue,

    /// <summary>A single value became an array of one item.</summary>
    ScalarToArray,

    /// <summary>The arguments were taken out of an object around them.</summary>
    Unwrapped,

    /// <summary>A member got the name of the one required property from which its own differed in case or separators only.</summary>
    Renamed,

    /// <summary>A null that means "not given" was removed.</summary>
    NullOmitted,
}

using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Execution;

/// <summary>Rules for the arguments of every call, whatever the tool's schema says: <c>Execution:Arguments</c>.</summary>
public sealed class ArgumentOptions
{
    /// <summary>The longest arguments, in characters of JSON text. Default 1,000,000.</summary>
    [Range(2, int.MaxValue)]
    public int MaxCharacters { get; set; } = 1_000_000;

    /// <summary>The deepest nesting. Default 64, which is also the most: bodies, results and stored messages go no deeper.</summary>
    [Range(1, 64)]
    public int MaxDepth { get; set; } = 64;

    /// <summary>The longest single string, in characters. Default 100,000.</summary>
    [Range(1, int.MaxValue)]
    public int MaxStringCharacters { get; set; } = 100_000;

    /// <summary>What happens to control characters. Default: the call is refused.</summary>
    public ControlCharacterRule ControlCharacters { get; set; } = ControlCharacterRule.Refuse;

    /// <summary>Regular expressions that no string in any argument may match; a call with such a string is refused, never rewritten. Default none.</summary>
    public List<string> DenyPatterns { get; } = [];
}

namespace ToolService.Core.Execution.Repair;

/// <summary>What keeps repairing cheap, whatever was sent. Arguments beyond a limit are not repaired.</summary>
internal static class RepairLimits
{
    /// <summary>The longest arguments, in characters.</summary>
    public const int MaxCharacters = 100_000;

    /// <summary>The most violations that arguments may have.</summary>
    public const int MaxErrors = 100;

    /// <summary>How many times one call's arguments, or parts of them, are checked on the way to valid ones.</summary>
    public const int MaxChecks = 64;

    /// <summary>The most alternatives of one <c>anyOf</c> or <c>oneOf</c> that are tried.</summary>
    public const int MaxAlternatives = 16;

    /// <summary>The longest schema, in characters, whose alternatives are tried: each is compiled for it.</summary>
    public const int MaxSchemaCharacters = 50_000;
}

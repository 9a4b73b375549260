namespace ToolService.Core.Execution;

/// <summary>What happens to control characters (other than tab, line feed and carriage return) in arguments.</summary>
public enum ControlCharacterRule
{
    /// <summary>The call is refused.</summary>
    Refuse,

    /// <summary>They are removed before validation; the history has the arguments without them.</summary>
    Strip,
}

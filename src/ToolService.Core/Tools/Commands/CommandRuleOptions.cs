namespace ToolService.Core.Tools.Commands;

/// <summary>Some commands: a program, and the arguments that are meant.</summary>
public sealed class CommandRuleOptions
{
    /// <summary>The program as it is to be written in a call: its name, or its path. Required.</summary>
    public string Command { get; set; } = "";

    /// <summary>
    /// Patterns of the arguments, one for each, in order. <c>*</c> stands for any run of characters, and a pattern <c>...</c> for any
    /// number of arguments. Default none: any arguments.
    /// </summary>
    public List<string> Arguments { get; set; } = [];
}

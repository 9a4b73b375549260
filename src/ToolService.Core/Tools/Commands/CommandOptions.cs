namespace ToolService.Core.Tools.Commands;

/// <summary>Which commands, code and files tools may work with: <c>Commands</c>. Nothing, unless it says so.</summary>
public sealed class CommandOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Commands";

    /// <summary>
    /// The groups of tools that are on: <c>files</c>, <c>git</c>, <c>python</c>, <c>javascript</c>, <c>run</c>. Default none.
    /// </summary>
    public List<string> Enabled { get; } = [];

    /// <summary>What <c>run_command</c> may run. Default nothing.</summary>
    public List<CommandRuleOptions> Allow { get; } = [];

    /// <summary>What <c>run_command</c> may not run, whatever <see cref="Allow"/> says. Default nothing.</summary>
    public List<CommandRuleOptions> Deny { get; } = [];

    /// <summary>Tools that are commands, by the tool's name. Default none.</summary>
    public Dictionary<string, CommandToolOptions> Tools { get; } = new(StringComparer.OrdinalIgnoreCase);
}

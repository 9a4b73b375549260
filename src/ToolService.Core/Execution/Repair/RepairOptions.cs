using ToolService.Core.Tools;

namespace ToolService.Core.Execution.Repair;

/// <summary>Whose nearly-right arguments are repaired where <see cref="ToolPolicy.Repair"/> does not say: <c>Execution:Repair</c>.</summary>
public sealed class RepairOptions
{
    /// <summary>Calls that a model asks for in a turn. Default true.</summary>
    public bool Chat { get; set; } = true;

    /// <summary>Calls that arrive in any other way. Default false: a program is told what is wrong.</summary>
    public bool Calls { get; set; }

    internal bool AppliesTo(Tool tool, CallOrigin origin) => tool.Policy.Repair ?? (origin is CallOrigin.Chat ? Chat : Calls);
}

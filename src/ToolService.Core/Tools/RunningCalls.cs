using Microsoft.Extensions.AI;

namespace ToolService.Core.Tools;

/// <summary>Finds the call that a function is invoked for.</summary>
public static class RunningCalls
{
    /// <summary>The call; null where the function is not run by the service's executor.</summary>
    public static IRunningCall? Running(this AIFunctionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Context is { } context && context.TryGetValue(typeof(IRunningCall), out var call) ? call as IRunningCall : null;
    }

    /// <summary>What applies to the tool that a function is invoked for, with all that the operator says of it.</summary>
    /// <param name="arguments">What the function was given.</param>
    /// <param name="declared">The answer where the function is not run by the service's executor.</param>
    internal static ToolPolicy Policy(this AIFunctionArguments arguments, ToolPolicy declared) =>
        arguments.Context is { } context && context.TryGetValue(typeof(ToolPolicy), out var value) && value is ToolPolicy policy
            ? policy
            : declared;
}

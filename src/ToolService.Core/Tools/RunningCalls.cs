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
}

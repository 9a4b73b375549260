namespace ToolService.Durability.Hook;

/// <summary>What the harness tells the hook in the service's process; the rest goes over its standard input.</summary>
internal static class HookVariables
{
    /// <summary>The file that gets a line for each point that was passed.</summary>
    public const string Trace = "FAULTS_TRACE";

    /// <summary>Where the tools count their calls.</summary>
    public const string Tools = "FAULTS_TOOLS";

    /// <summary>What the hook prints when it has taken a command.</summary>
    public const string Taken = "faults: taken";
}

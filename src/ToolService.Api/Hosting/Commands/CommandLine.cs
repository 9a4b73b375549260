namespace ToolService.Api.Hosting.Commands;

/// <summary>Finds the command that a command line asks for instead of the server.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a command that was called wrongly.</summary>
    public const int UsageError = 2;

    public static Func<Task<int>>? Find(string[] args) => args switch
    {
        ["keys", .. var rest] => () => KeysCommand.RunAsync(rest, Console.Out, Console.Error),
        ["health", .. var rest] => () => HealthCommand.RunAsync(rest, Console.Out, Console.Error),
        _ when args.Contains(StdioCommand.Switch) => () => StdioCommand.RunAsync([.. args.Where(arg => arg != StdioCommand.Switch)]),
        _ => null,
    };
}

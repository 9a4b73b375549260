using System.Globalization;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>Finds out whether the walls stand, by looking at them from within.</summary>
internal static class SandboxProbe
{
    private const string Separator = "--- network";
    private const int NetworkHeader = 2;
    private const string Look = $"cat /proc/self/status /proc/self/limits && echo '{Separator}' && cat /proc/self/net/dev";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Runs a program in the sandbox and reads what the kernel says of it there.</summary>
    /// <param name="sandbox">What is examined.</param>
    /// <param name="workspaces">Where commands would work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxUnavailableException">A wall is missing; the message says which.</exception>
    public static async Task RunAsync(CommandSandbox sandbox, Files.Workspaces workspaces, CancellationToken cancellationToken)
    {
        workspaces.Check();
        using var workspace = workspaces.Open("toolservice-probe", null);
        var request = new SandboxRequest(["/bin/sh", "-c", Look]) { Workspace = workspace, Timeout = Timeout };
        SandboxResult result;
        try
        {
            result = await sandbox.RunAsync(request, cancellationToken);
        }
        catch (ToolException e)
        {
            throw new SandboxUnavailableException($"A program that should end at once did not: {e.Message}", e);
        }

        if (ProcessFile.TryRead(Environment.ProcessId, "io") is null)
            throw new SandboxUnavailableException("The kernel does not count what processes write (CONFIG_TASK_IO_ACCOUNTING).");
        if (result.ExitCode != 0)
            throw new SandboxUnavailableException($"A program in the sandbox failed: {result.Stderr.ToString().Trim()}");
        if (Missing(result.Stdout.ToString(), sandbox.Limits) is { } missing)
            throw new SandboxUnavailableException($"In the sandbox {missing}.");
    }

    /// <summary>The first wall that is not there; null where all are.</summary>
    internal static string? Missing(string report, SandboxOptions options)
    {
        var lines = report.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var interfaces = lines.SkipWhile(line => line != Separator).Skip(1 + NetworkHeader).ToList();
        (bool Holds, string Failure)[] walls =
        [
            (Has("Seccomp:", "2"), "system calls are not filtered (seccomp)"),
            (Has("NoNewPrivs:", "1"), "programs can gain privileges"),
            (Has("CapEff:", "0000000000000000") && Has("CapBnd:", "0000000000000000"), "programs have capabilities"),
            (Has("Uid:", "1000"), "programs run as another user than they should"),
            (Has("Max data size", Text(options.MemoryBytes)), "memory is not limited"),
            (Has("Max processes", Text(options.MaxProcesses)), "the number of processes is not limited"),
            (Has("Max cpu time", Text(options.CpuSeconds)), "processor time is not limited"),
            (Has("Max file size", Text(options.FileBytes)), "the size of files is not limited"),
            (Has("Max open files", Text(options.MaxOpenFiles)), "the number of open files is not limited"),
            (interfaces is [var only] && only.TrimStart().StartsWith("lo:", StringComparison.Ordinal), "there is a network"),
        ];
        return walls.FirstOrDefault(wall => !wall.Holds).Failure;

        bool Has(string name, string value) => lines.Any(line =>
            line.StartsWith(name, StringComparison.Ordinal)
            && line[name.Length..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() == value);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

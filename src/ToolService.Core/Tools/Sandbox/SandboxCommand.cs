using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>
/// The chain of programs that puts up the walls: a shell that opens the files, a change of user, bubblewrap, and the limits.
/// </summary>
internal static class SandboxCommand
{
    private const int ArgumentsFile = 3;
    private const int StatusFile = 4;
    private const int FirstFile = 5;

    // A shell passes on open files, which a process of this runtime cannot. The kernel is to choose the sandbox where memory runs out.
    private const string Launcher =
        """echo 1000 >"/proc/$$/oom_score_adj"; exec 3<"$1" 4<>"$2" 5<"$3" 6<"$4" 7<"$5" 8<"$6" 9<"$7"; shift 7; exec "$@" """;

    // Beyond the service's own, for the case that the service is no more, or does not get around to it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>The options for bubblewrap, as it reads them from a file.</summary>
    public static byte[] Arguments(SandboxRequest request, SandboxOptions options) =>
        Encoding.UTF8.GetBytes(string.Concat(SandboxLayout.Options(request, options, FirstFile, StatusFile).Select(option => option + '\0')));

    /// <summary>What is to be started.</summary>
    /// <exception cref="SandboxUnavailableException">A program is missing.</exception>
    public static ProcessStartInfo Create(
        SandboxRequest request, SandboxOptions options, MemoryFile arguments, MemoryFile status, SandboxFiles files, TimeSpan timeout)
    {
        var bubblewrap = Programs.Require("bwrap", "bubblewrap");
        string[] user = SandboxUser.Of(options) is { } number
            ? [Programs.Require("setpriv", "util-linux"), $"--reuid={number}", $"--regid={number}", "--clear-groups", "--no-new-privs",
                "--bounding-set=-all", "--inh-caps=-all", "--"]
            : [];
        var start = new ProcessStartInfo(
            Programs.Require("sh", "a shell"),
            [
                "-c", Launcher, "sh", arguments.Path, status.Path, .. files.Paths,
                .. user, bubblewrap, "--args", $"{ArgumentsFile}", "--",
                .. Limits(options, timeout), .. request.Command,
            ])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The first process in the sandbox keeps what it was started with where the others can read it.
        start.Environment.Clear();
        return start;
    }

    // Within the sandbox, where the number of processes is counted apart from those of the same user outside.
    private static string[] Limits(SandboxOptions options, TimeSpan timeout)
    {
        var seconds = Math.Ceiling((timeout + Grace).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return
        [
            Programs.Require("prlimit", "util-linux"),
            $"--nproc={options.MaxProcesses}", $"--data={options.MemoryBytes}", $"--cpu={options.CpuSeconds}:{options.CpuSeconds + 1}",
            $"--fsize={options.FileBytes}", $"--nofile={options.MaxOpenFiles}", "--stack=8388608", "--memlock=65536", "--core=0", "--msgqueue=0",
            "--nice=0", "--rtprio=0", "--",
            Programs.Require("timeout", "coreutils"), "--signal=KILL", seconds,
        ];
    }
}

using System.Diagnostics;

namespace ToolService.Core.Tests.Tools.Sandbox;

/// <summary>
/// A pipe in a workspace that every process of a command holds open: its reader hears when the command has begun, and when the last of its
/// processes is dead.
/// </summary>
internal sealed class LifeLine
{
    /// <summary>Python that takes hold of the pipe.</summary>
    public const string Hold = "import os; line = open('alive', 'w'); os.set_inheritable(line.fileno(), True); line.write('x'); line.flush()";

    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LifeLine(string folder)
    {
        var path = Path.Combine(folder, "alive");
        using var make = Process.Start("mkfifo", ["-m", "666", path]);
        make.WaitForExit();
        Ended = Task.Run(() => Listen(path));
    }

    /// <summary>Completes when a process has taken hold.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Completes when no process holds on.</summary>
    public Task Ended { get; }

    private void Listen(string path)
    {
        using var pipe = File.OpenRead(path);
        pipe.ReadByte();
        _begun.SetResult();
        pipe.ReadByte();
    }
}

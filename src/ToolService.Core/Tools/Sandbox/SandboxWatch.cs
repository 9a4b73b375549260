using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>Bounds what no limit of the kernel bounds for a command as a whole: time, memory, processor, output, the workspace.</summary>
/// <param name="options">The limits.</param>
/// <param name="timeout">How long it may take.</param>
/// <param name="workspace">Where it works.</param>
/// <param name="processes">Counts what its processes use.</param>
/// <param name="written">Counts what it has written.</param>
/// <param name="time">The clock.</param>
internal sealed class SandboxWatch(
    SandboxOptions options, TimeSpan timeout, Workspace? workspace, ProcessTable processes, Func<long> written, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // Looking through a workspace may take a while: it is given at most a tenth of the time.
    private const int WorkspaceShare = 10;

    private readonly long _started = time.GetTimestamp();
    private TimeSpan _nextWorkspace;

    /// <summary>Waits for a limit to be passed, and says which; null once the command has ended by itself.</summary>
    /// <param name="process">The process at the root of it all.</param>
    /// <param name="ended">Completes when it has ended.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task<string?> WaitAsync(int process, Task ended, CancellationToken cancellationToken)
    {
        while (true)
        {
            var left = timeout - time.GetElapsedTime(_started);
            if (left <= TimeSpan.Zero)
                return $"it ran longer than {timeout.TotalSeconds:0.###} s ({SandboxOptions.Section}:{nameof(options.Timeout)})";

            var pause = Task.Delay(left < Interval ? left : Interval, time, cancellationToken);
            if (await Task.WhenAny(ended, pause) == ended)
                return OutputExcess();
            await pause;
            if (Excess(process) is { } excess)
                return excess;
        }
    }

    private string? Excess(int process)
    {
        var used = ProcessTree.Of(process, processes);
        if (used.MemoryBytes > options.MemoryBytes)
            return $"it held more than {options.MemoryBytes} bytes of memory ({SandboxOptions.Section}:{nameof(options.MemoryBytes)})";
        if (used.CpuSeconds > options.CpuSeconds)
            return $"it used more than {options.CpuSeconds} s of processor time ({SandboxOptions.Section}:{nameof(options.CpuSeconds)})";
        if (used.WrittenBytes > options.MaxWrittenBytes)
            return $"it wrote more than {options.MaxWrittenBytes} bytes to the disk ({SandboxOptions.Section}:{nameof(options.MaxWrittenBytes)})";
        return OutputExcess() ?? WorkspaceExcess();
    }

    private string? OutputExcess() => written() > options.MaxOutputBytes
        ? $"it wrote more than {options.MaxOutputBytes} bytes of output ({SandboxOptions.Section}:{nameof(options.MaxOutputBytes)})"
        : null;

    private string? WorkspaceExcess()
    {
        var began = time.GetElapsedTime(_started);
        if (workspace is null || began < _nextWorkspace)
            return null;

        var excess = workspace.Measure().Excess(workspace.Limits);
        var now = time.GetElapsedTime(_started);
        _nextWorkspace = now + ((now - began) * WorkspaceShare);
        return excess;
    }
}

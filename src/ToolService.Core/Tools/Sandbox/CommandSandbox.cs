using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>
/// Runs programs behind walls of the kernel: namespaces without network, a read-only system, one writable folder, no privileges, a filter
/// of system calls, and limits for everything. All that a program started is gone when its run is over, however that ends.
/// </summary>
internal sealed class CommandSandbox(IOptions<SandboxOptions> options, TimeProvider time) : IDisposable
{
    private const int SignalOffset = 128;
    private const int CpuSignal = 24;
    private const int FileSizeSignal = 25;
    private const int ShownOutput = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lazy<SandboxFiles> _files = new(() => new SandboxFiles());
    private readonly ProcessTable _processes = new(time);

    /// <summary>The limits.</summary>
    public SandboxOptions Limits => options.Value;

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="ToolException">A limit ended it; the message says which.</exception>
    /// <exception cref="SandboxUnavailableException">The walls could not be put up; nothing ran.</exception>
    public async Task<SandboxResult> RunAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        if (request.Command.Concat(request.Environment.Values).Concat(request.Environment.Keys).Any(text => text.Contains('\0')))
            throw new ToolException("An argument holds a NUL character, which no program can be given.");
        if (!OperatingSystem.IsLinux())
            throw new SandboxUnavailableException("The sandbox needs Linux.");

        var timeout = request.Timeout is { } asked && asked < Limits.Timeout ? asked : Limits.Timeout;
        using var arguments = new MemoryFile("arguments", SandboxCommand.Arguments(request, Limits));
        using var status = new MemoryFile("status", "");
        var start = SandboxCommand.Create(request, Limits, arguments, status, _files.Value, timeout);
        if (Libc.TryKeepFilesFromChildren() < 0)
            throw new SandboxUnavailableException("The kernel cannot close files for the programs that are started; Linux 5.11 or later can.");

        var begun = time.GetTimestamp();
        using var process = await LaunchAsync(start);
        var (stdout, stderr) = (new BoundedOutput(Limits.OutputBytes), new BoundedOutput(Limits.OutputBytes));
        var watch = new SandboxWatch(Limits, timeout, request.Workspace, _processes, () => stdout.Total + stderr.Total, time);
        var excess = await RunAsync(process, request.Input, stdout, stderr, watch, cancellationToken);
        var duration = time.GetElapsedTime(begun);
        if (excess is not null)
            throw Killed(excess, stdout, stderr);

        var exitCode = SandboxStatus.ExitCode(status.ReadText())
            ?? throw new SandboxUnavailableException($"The sandbox did not start: {Tail(stderr) ?? $"exit code {process.ExitCode}"}");
        return exitCode switch
        {
            SignalOffset + CpuSignal => throw Killed(
                $"a process used more than {Limits.CpuSeconds} s of processor time ({SandboxOptions.Section}:CpuSeconds)", stdout, stderr),
            SignalOffset + FileSizeSignal => throw Killed(
                $"it wrote a file of more than {Limits.FileBytes} bytes ({SandboxOptions.Section}:FileBytes)", stdout, stderr),
            _ => new SandboxResult(exitCode, stdout, stderr, duration),
        };
    }

    public void Dispose()
    {
        if (_files.IsValueCreated)
            _files.Value.Dispose();
    }

    private static async Task<Process> LaunchAsync(ProcessStartInfo start)
    {
        try
        {
            return await LaunchThread.StartAsync(start);
        }
        catch (Win32Exception e)
        {
            throw new SandboxUnavailableException($"The sandbox could not be started: {e.Message}", e);
        }
    }

    private static async Task<string?> RunAsync(
        Process process,
        ReadOnlyMemory<byte> input,
        BoundedOutput stdout,
        BoundedOutput stderr,
        SandboxWatch watch,
        CancellationToken cancellationToken)
    {
        // Ends with the process, which nothing but the end of this method may outlive.
        var pipes = Task.WhenAll(
            WriteAsync(process.StandardInput.BaseStream, input),
            ReadAsync(process.StandardOutput.BaseStream, stdout),
            ReadAsync(process.StandardError.BaseStream, stderr));
        var ended = Task.WhenAll(process.WaitForExitAsync(CancellationToken.None), pipes);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await watch.WaitAsync(process.Id, ended, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            // Whatever is in the sandbox dies with the process that put it up.
            process.Kill();
            await ended.WaitAsync(Patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task WriteAsync(Stream stream, ReadOnlyMemory<byte> input)
    {
        try
        {
            await using (stream)
                await stream.WriteAsync(input);
        }
        catch (IOException)
        {
            // The program ended, or closed its input, before it had read all of it.
        }
    }

    private static async Task ReadAsync(Stream stream, BoundedOutput output)
    {
        var buffer = new byte[65_536];
        while (await stream.ReadAsync(buffer) is > 0 and var read)
            output.Add(buffer.AsSpan(0, read));
    }

    private static ToolException Killed(string excess, BoundedOutput stdout, BoundedOutput stderr)
    {
        var shown = Tail(stderr) ?? Tail(stdout);
        return new ToolException($"The command was killed: {excess}.{(shown is null ? "" : $" Its output ended: {shown}")}");
    }

    private static string? Tail(BoundedOutput output)
    {
        var text = output.ToString().Trim();
        return text.Length == 0 ? null : text.Length <= ShownOutput ? text : $"…{text[^ShownOutput..]}";
    }
}

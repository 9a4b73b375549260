using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Tools.Mcp.Transport;

/// <summary>A server's program, with everything that it starts.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int LongestLine = 2_000;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // What a program needs to find its way, and nothing that the service knows: its environment holds keys.
    private static readonly string[] Passed =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "APPDATA", "LOCALAPPDATA",
        "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "USERPROFILE", "PATHEXT", "COMSPEC",
    ];

    private readonly Process _process;
    private readonly ProcessFamily _family;
    private readonly Task _errors;
    private int? _exitCode;

    private ServerProcess(Process process, ProcessFamily family, string server, ILogger logger)
    {
        (_process, _family) = (process, family);
        _errors = LogErrorsAsync(process.StandardError, server, logger);
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>How the program ended; null while it runs.</summary>
    public int? ExitCode
    {
        get
        {
            if (_exitCode is null && _process.HasExited)
                _exitCode = _process.ExitCode;
            return _exitCode;
        }
    }

    /// <summary>The same where it seems to have ended: its pipes close a moment before the system says how.</summary>
    public async Task<int?> FindExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(Grace);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode;
    }

    /// <exception cref="ToolException">The program cannot be started.</exception>
    public static ServerProcess Start(McpServer server, ILogger logger)
    {
        var options = server.Options;
        var start = new ProcessStartInfo(options.Command!, options.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = options.WorkingDirectory ?? Directory.GetCurrentDirectory(),
        };
        foreach (var name in start.Environment.Keys.Where(name => !Passed.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        var family = new ProcessFamily();
        family.Mark(start.Environment);

        try
        {
            return new ServerProcess(Process.Start(start)!, family, server.Name, logger);
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new ToolException($"The command of MCP server '{server.Name}' could not be started; the log has the details.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(Grace))
        {
            await CloseInputAsync();
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _family.Kill();
        await _errors.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _exitCode ??= 0;
        _process.Dispose();
    }

    private async Task CloseInputAsync()
    {
        try
        {
            await _process.StandardInput.DisposeAsync();
        }
        catch (IOException)
        {
            // It does not read any longer.
        }
    }

    private static async Task LogErrorsAsync(StreamReader errors, string server, ILogger logger)
    {
        var line = new StringBuilder();
        var buffer = new char[1_024];
        while (await errors.ReadAsync(buffer) is var read and > 0)
        {
            foreach (var character in buffer.AsMemory(0, read).ToArray())
                if (character == '\n')
                    Write();
                else if (line.Length < LongestLine)
                    line.Append(character);
        }

        Write();

        void Write()
        {
            if (line.Length > 0)
                logger.ErrorOutput(server, RemoteText.Line(line.ToString(), LongestLine));
            line.Clear();
        }
    }
}

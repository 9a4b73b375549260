using System.Diagnostics;
using System.Threading.Channels;
using ToolService.Durability.Hook;

namespace ToolService.Durability;

/// <summary>A process of the service, with the hook in it.</summary>
internal sealed class Victim : IDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _taken = Channel.CreateUnbounded<bool>();
    private readonly Task<string> _errors;
    private readonly string _trace;

    private Victim(Process process, string trace)
    {
        (_process, _trace) = (process, trace);
        // On threads of their own: reads of a pipe hold pool threads, of which a busy machine has few.
        _errors = Task.Factory.StartNew(process.StandardError.ReadToEnd, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        new Thread(() => Pump(process.StandardOutput)) { IsBackground = true }.Start();
    }

    /// <summary>A client of this process, without a time limit of its own.</summary>
    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    public bool HasExited => _process.HasExited;

    /// <summary>Whether it ended before it listened.</summary>
    public bool NeverListened => Client.BaseAddress is null;

    /// <summary>Completes when it has ended, which it does at once when it is killed.</summary>
    public Task Exited => _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>What it complained of, once it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors;

    /// <summary>What it passed so far.</summary>
    public Trace Passed(int from = 0) => Trace.Read(_trace, from);

    /// <summary>Starts it; returns when it listens, or has ended before.</summary>
    /// <param name="service">The service's program.</param>
    /// <param name="folder">Where its data are.</param>
    /// <param name="life">Counts the processes on the same data.</param>
    /// <param name="variables">What it finds in its environment.</param>
    /// <param name="settings">Settings, as on the command line.</param>
    /// <param name="at">Where it is to be killed; null for nowhere yet.</param>
    public static async Task<Victim> StartAsync(
        string service, string folder, int life, IEnumerable<(string Name, string Value)> variables, IEnumerable<string> settings, KillPoint? at)
    {
        var trace = Path.Combine(folder, $"points-{life}");
        ProcessStartInfo start = new("dotnet", [service, .. settings])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[HookVariables.Trace] = trace;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var victim = new Victim(Process.Start(start)!, trace);
        await victim.ArmAsync(at);
        victim.Client.BaseAddress = await victim._address.Task;
        return victim;
    }

    /// <summary>Tells it where to kill itself, or null for nowhere; false where it has ended.</summary>
    public async Task<bool> ArmAsync(KillPoint? at)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(at is null ? "none" : $"{at.Point} {at.Occurrence}");
            await _process.StandardInput.FlushAsync();
            return await _taken.Reader.ReadAsync();
        }
        catch (Exception e) when (e is IOException or ChannelClosedException)
        {
            return false;
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
        Client.Dispose();
    }

    private void Pump(StreamReader output)
    {
        while (output.ReadLine() is { } line)
        {
            if (line.Contains(HookVariables.Taken, StringComparison.Ordinal))
                _taken.Writer.TryWrite(true);
            else if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at)
                _address.TrySetResult(new Uri(line[(at + Announcement.Length)..].Trim()));
        }

        _taken.Writer.TryComplete();
        _address.TrySetResult(null);
    }
}

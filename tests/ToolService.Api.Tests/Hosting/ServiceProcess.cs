using System.Diagnostics;

namespace ToolService.Api.Tests.Hosting;

/// <summary>Runs the built program in a process and a folder of its own, for what happens before or around the application.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "ToolService.Api.dll");

    private readonly Process _process;

    private ServiceProcess(string folder, IReadOnlyDictionary<string, string>? environment, string[] args)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. args]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        _process = Process.Start(start)!;
    }

    public static ServiceProcess Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] args) => new(folder, environment, args);

    /// <summary>Runs a command line that ends by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, params string[] args)
    {
        using ServiceProcess process = new(folder, null, args);
        var output = process._process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process._process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process._process.ExitCode, await output, await error);
    }

    /// <summary>The address that the server says it listens on.</summary>
    public async Task<Uri> WaitForAddressAsync()
    {
        const string Announcement = "Now listening on: ";
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.IndexOf(Announcement, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Announcement.Length)..].Trim());

        throw new InvalidOperationException($"The server ended: {await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    public Task WaitForExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }
}

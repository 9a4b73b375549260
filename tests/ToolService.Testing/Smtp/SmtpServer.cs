using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ToolService.Testing.Smtp;

/// <summary>A real SMTP server in a process of its own: Debian's aiosmtpd. Recipients that begin with <c>refused</c> are refused.</summary>
public sealed class SmtpServer : IAsyncDisposable
{
    // The system's, for which the package is; another Python on the path would not have it.
    private const string Python = "/usr/bin/python3";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly Process _process;

    private SmtpServer(Process process) => _process = process;

    /// <summary>Whether this machine has what it takes.</summary>
    public static bool IsAvailable => File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/aiosmtpd");

    /// <summary>Why tests are skipped where it has not.</summary>
    public static string Missing => "There is no SMTP server to test with: install python3-aiosmtpd.";

    /// <summary>Where it listens, at 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Starts one.</summary>
    /// <param name="settings">What it asks for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SmtpServer> StartAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        using var script = new StreamReader(typeof(SmtpServer).Assembly.GetManifestResourceStream("smtp_server.py")!);
        ProcessStartInfo start = new(Python, ["-I", "-W", "ignore", "-c", await script.ReadToEndAsync(cancellationToken), JsonSerializer.Serialize(settings, Json)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var server = new SmtpServer(Process.Start(start)!);
        server.Port = int.Parse(await server.ReadLineAsync(cancellationToken), CultureInfo.InvariantCulture);
        return server;
    }

    /// <summary>The next mail.</summary>
    public async Task<ReceivedMail> NextAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<ReceivedMail>(await ReadLineAsync(cancellationToken), Json)!;

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("The SMTP server has ended.");
}

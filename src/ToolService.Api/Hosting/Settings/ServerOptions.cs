using System.ComponentModel.DataAnnotations;

namespace ToolService.Api.Hosting.Settings;

/// <summary>The HTTP server: section <c>Server</c>. Addresses are the setting <c>Urls</c>.</summary>
public sealed class ServerOptions
{
    /// <summary>The largest request body, in bytes; a larger one is answered with 413. Default 1,048,576 (1 MB).</summary>
    [Range(1_024, 1_073_741_824)]
    public long MaxRequestBytes { get; set; } = 1_048_576;

    /// <summary>How long a stopping service lets running work finish. Default 30 seconds, at most 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

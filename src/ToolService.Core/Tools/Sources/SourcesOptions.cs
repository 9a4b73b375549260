using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Tools.Sources;

/// <summary>How tools from elsewhere are loaded: <c>Sources</c>.</summary>
public sealed class SourcesOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sources";

    /// <summary>How long reaching a source and listing its tools may take. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a listing, or a turn that begins, waits for sources that are being reached; it goes on without them. Default 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ListPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait before a failed source is tried again; it doubles with each failure. Default 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The most tools that are taken from one source; the others are skipped. Default 5,000.</summary>
    [Range(1, 100_000)]
    public int MaxToolsPerSource { get; set; } = 5_000;

    /// <summary>
    /// Whether tools are held back too that a known source has not had before. Those that it has when it is first loaded are not. Default false.
    /// </summary>
    public bool HoldNewTools { get; set; }
}

using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>Where sessions keep the files that tools work on, and how much they may hold: <c>Workspace</c>.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Workspace";

    /// <summary>
    /// The folder in which each session has one. A relative path begins where the service was started. Default <c>data/workspaces</c>.
    /// </summary>
    [Required]
    public string Root { get; set; } = "data/workspaces";

    /// <summary>
    /// What one workspace may take up on the disk, in bytes; a command that fills it further is killed. Default 268,435,456.
    /// </summary>
    [Range(4_096, long.MaxValue)]
    public long MaxBytes { get; set; } = 268_435_456;

    /// <summary>How many files and folders one workspace may hold; a command that makes more is killed. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxFiles { get; set; } = 10_000;

    /// <summary>The largest file that the file tools read or write, in bytes. Default 4,194,304.</summary>
    [Range(1, 1_073_741_824)]
    public int MaxFileBytes { get; set; } = 4_194_304;
}

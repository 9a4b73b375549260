using System.ComponentModel.DataAnnotations;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>The limits of everything that runs in the sandbox: <c>Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sandbox";

    /// <summary>How long a command may take; then it is killed with all it started. Default a minute, at most an hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many seconds of processor time a command and all it starts may use together. Default 60.</summary>
    [Range(1, 86_400)]
    public int CpuSeconds { get; set; } = 60;

    /// <summary>
    /// How much memory, in bytes, each process may ask for, and all of a command's may hold together. Default 536,870,912 (512 MB).
    /// </summary>
    [Range(16_777_216, long.MaxValue)]
    public long MemoryBytes { get; set; } = 536_870_912;

    /// <summary>How many processes and threads a command may have at once. Default 128.</summary>
    [Range(8, 100_000)]
    public int MaxProcesses { get; set; } = 128;

    /// <summary>How many files one process may have open. Default 256.</summary>
    [Range(16, 1_000_000)]
    public int MaxOpenFiles { get; set; } = 256;

    /// <summary>The largest file that a command may write, in bytes. Default 67,108,864 (64 MB).</summary>
    [Range(4_096, long.MaxValue)]
    public long FileBytes { get; set; } = 67_108_864;

    /// <summary>
    /// How much a command and all it starts may write to the disk together, in bytes, files that it has deleted again included. Default
    /// 1,073,741,824 (1 GB).
    /// </summary>
    [Range(4_096, long.MaxValue)]
    public long MaxWrittenBytes { get; set; } = 1_073_741_824;

    /// <summary>
    /// How much <c>/tmp</c> holds, in bytes, and <c>/dev/shm</c> as much again; both are memory. Default 67,108,864 (64 MB).
    /// </summary>
    [Range(65_536, long.MaxValue)]
    public long TemporaryBytes { get; set; } = 67_108_864;

    /// <summary>
    /// How much of a command's output is kept, in bytes, of standard output and standard error each: its beginning and its end. Default
    /// 131,072.
    /// </summary>
    [Range(1_024, 16_777_216)]
    public int OutputBytes { get; set; } = 131_072;

    /// <summary>How much a command may write to both together, in bytes, before it is killed. Default 67,108,864 (64 MB).</summary>
    [Range(1_024, long.MaxValue)]
    public long MaxOutputBytes { get; set; } = 67_108_864;

    /// <summary>
    /// The number of the user, and of the group, that commands run as where the service runs as root; otherwise they run as its own user.
    /// Default 65534, which is called <c>nobody</c>.
    /// </summary>
    [Range(1, 4_294_967_294)]
    public long User { get; set; } = 65_534;

    /// <summary>
    /// Folders of this machine, beside <c>/usr</c>, that commands may read, at the same place: a tool chain under <c>/opt</c>. Default
    /// none.
    /// </summary>
    public List<string> ReadOnlyFolders { get; set; } = [];
}

using System.Globalization;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>The walls, in the words of bubblewrap: what a command sees of this machine, and as whom.</summary>
internal static class SandboxLayout
{
    private static readonly string[] SystemFolders = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    // What the dynamic linker and Debian's alternatives need; nothing there is about this machine or its users.
    private static readonly string[] SystemFiles =
        ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime"];

    private static readonly string[] Walls =
    [
        "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
        "--uid", "1000", "--gid", "1000", "--hostname", "sandbox", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
    ];

    /// <summary>The options of one run.</summary>
    /// <param name="request">What runs.</param>
    /// <param name="options">The limits.</param>
    /// <param name="firstFile">The descriptor of the first of <see cref="SandboxFiles"/>.</param>
    /// <param name="statusFile">The descriptor into which the outcome is written.</param>
    public static IReadOnlyList<string> Options(SandboxRequest request, SandboxOptions options, int firstFile, int statusFile) =>
    [
        .. Walls, "--json-status-fd", $"{statusFile}",
        "--ro-bind", "/usr", "/usr", .. SystemFolders.SelectMany(SystemFolder),
        .. options.ReadOnlyFolders.SelectMany(folder => new[] { "--ro-bind", folder, folder }),
        "--dir", "/etc", .. SystemFiles.SelectMany(file => new[] { "--ro-bind-try", file, file }), .. SandboxFiles.Options(firstFile),
        "--proc", "/proc",
        "--size", "65536", "--tmpfs", "/dev", .. Device("null"), .. Device("random"), .. Device("urandom"),
        "--symlink", "/proc/self/fd", "/dev/fd", "--symlink", "/proc/self/fd/0", "/dev/stdin",
        "--symlink", "/proc/self/fd/1", "/dev/stdout", "--symlink", "/proc/self/fd/2", "/dev/stderr",
        .. Temporary("/dev/shm", options), "--remount-ro", "/dev",
        .. Temporary("/tmp", options),
        .. WorkspaceOf(request),
        "--remount-ro", "/",
        "--chdir", request.WorkingDirectory.IsRoot ? WorkspacePath.Mount : $"{WorkspacePath.Mount}/{request.WorkingDirectory}",
        .. Variables(request).SelectMany(variable => new[] { "--setenv", variable.Key, variable.Value }),
    ];

    private static IEnumerable<string> SystemFolder(string name)
    {
        var folder = new DirectoryInfo($"/{name}");
        if (folder.LinkTarget is { } target)
            return ["--symlink", target, folder.FullName];
        return folder.Exists ? ["--ro-bind", folder.FullName, folder.FullName] : [];
    }

    private static string[] Device(string name) => ["--dev-bind", $"/dev/{name}", $"/dev/{name}"];

    private static string[] Temporary(string path, SandboxOptions options) =>
        ["--size", options.TemporaryBytes.ToString(CultureInfo.InvariantCulture), "--perms", "1777", "--tmpfs", path];

    private static string[] WorkspaceOf(SandboxRequest request) => request.Workspace is { } workspace
        ? [request.IsReadOnly ? "--ro-bind" : "--bind", workspace.HostPath, WorkspacePath.Mount]
        : ["--dir", WorkspacePath.Mount];

    private static Dictionary<string, string> Variables(SandboxRequest request)
    {
        Dictionary<string, string> variables = new()
        {
            ["PATH"] = Programs.SearchPath,
            ["HOME"] = "/tmp",
            ["TMPDIR"] = "/tmp",
            ["LANG"] = "C.UTF-8",
            ["USER"] = "sandbox",
        };
        foreach (var (name, value) in request.Environment)
            variables[name] = value;
        return variables;
    }
}

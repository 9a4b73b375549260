using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>The folders that tools work in: one for each session, and one for the calls of an owner that belong to no session.</summary>
internal sealed class Workspaces(IOptions<WorkspaceOptions> options, IOptions<SandboxOptions> sandbox)
{
    private const uint OnlyOwner = 0x1C0;
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly PathResolver _resolver = OperatingSystem.IsLinux() ? new PathResolver() : new PathResolver(inOneCall: false);
    private readonly Lazy<SafeFileHandle> _root = new(() => OpenRoot(options.Value));
    private readonly uint? _user = SandboxUser.Of(sandbox.Value);

    /// <summary>The limits of each.</summary>
    public WorkspaceOptions Limits => options.Value;

    /// <summary>Makes sure that workspaces can be had.</summary>
    /// <exception cref="SandboxUnavailableException">They cannot; the message says why.</exception>
    public void Check() => _ = _root.Value;

    /// <summary>The workspace of a call; it is made where it does not exist yet. The caller disposes it.</summary>
    /// <param name="owner">Whose call it is.</param>
    /// <param name="sessionId">The session that the call belongs to; null where there is none.</param>
    /// <exception cref="SandboxUnavailableException">It cannot be had.</exception>
    public Workspace Open(string owner, string? sessionId)
    {
        var name = NameOf(owner, sessionId);
        var bytes = Libc.Name(name);
        _ = Libc.TryMakeFolder(_root.Value, bytes, OnlyOwner);
        var descriptor = Libc.TryOpenAt(_root.Value, bytes, Libc.ReadOnly | Libc.Directory | Libc.NoFollow);
        if (descriptor < 0)
            throw new SandboxUnavailableException($"The workspace '{name}' cannot be opened: {FileFailure.Last(name).Message}");

        var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        if (_user is { } user && Libc.TrySetOwner(folder, user, user) < 0)
        {
            folder.Dispose();
            throw new SandboxUnavailableException($"The workspace '{name}' cannot be given to user {user} ({SandboxOptions.Section}:User).");
        }

        return new Workspace(folder, Path.Combine(Path.GetFullPath(options.Value.Root), name), options.Value, _resolver, _user);
    }

    // Ids of sessions are the clients' own to choose: neither may they name other folders, nor may two owners meet in one.
    private static string NameOf(string owner, string? sessionId)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{sessionId}")))[..24];
        var shown = string.Concat((sessionId ?? owner).Where(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(48));
        return $"{(sessionId is null ? "owner" : "session")}-{shown}-{hash}";
    }

    private static SafeFileHandle OpenRoot(WorkspaceOptions options)
    {
        if (!OperatingSystem.IsLinux())
            throw new SandboxUnavailableException("Workspaces need Linux: no other system opens paths that cannot be led astray.");

        var path = Path.GetFullPath(options.Root);
        try
        {
            // Passable, as commands reach their own workspace through it, and not readable: none can list the others.
            if (!Directory.Exists(path))
                Directory.CreateDirectory(path, Passable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SandboxUnavailableException($"{WorkspaceOptions.Section}:Root '{path}' cannot be made: {e.Message}", e);
        }

        using var here = new SafeFileHandle(-100, ownsHandle: false);
        var descriptor = Libc.TryOpenAt(here, Libc.Name(path), Libc.ReadOnly | Libc.Directory);
        return descriptor < 0
            ? throw new SandboxUnavailableException($"{WorkspaceOptions.Section}:Root '{path}' cannot be opened.")
            : new SafeFileHandle(descriptor, ownsHandle: true);
    }
}

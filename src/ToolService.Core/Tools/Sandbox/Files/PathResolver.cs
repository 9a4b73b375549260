using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>
/// Opens what a path leads to without ever leaving the folder that it begins in: in one call of the kernel where it has <c>openat2</c>,
/// else name by name. What comes back is the thing itself, not yet readable, so that it can be looked at before it is opened.
/// </summary>
/// <param name="inOneCall">Whether to use <c>openat2</c>; null finds out.</param>
internal sealed class PathResolver(bool? inOneCall = null)
{
    private readonly bool _inOneCall = inOneCall ?? KernelHasIt();

    /// <summary>The file, folder or other thing at the path.</summary>
    /// <exception cref="ToolException">There is none, or a link is in the way.</exception>
    public SafeFileHandle Open(SafeFileHandle root, WorkspacePath path)
    {
        var opened = _inOneCall ? OpenWhole(root, path) : OpenByName(root, path);
        return StatusOf(opened, path).Kind == FileKind.Link ? throw Refuse(opened, path) : opened;
    }

    /// <summary>What is open, as the kernel describes it.</summary>
    public static FileStatus StatusOf(SafeFileHandle opened, WorkspacePath path) =>
        Libc.TryStatus(opened, [0], out var status) < 0 ? throw FileFailure.Last(path.ToString()) : status;

    private static SafeFileHandle OpenWhole(SafeFileHandle root, WorkspacePath path) =>
        Take(Libc.TryOpenBeneath(root, Libc.Name(path.ToString()), Libc.PathOnly | Libc.NoFollow), path);

    private static SafeFileHandle OpenByName(SafeFileHandle root, WorkspacePath path)
    {
        var current = Take(Libc.TryOpenAt(root, Libc.Name("."), Libc.PathOnly | Libc.Directory), path);
        for (var i = 0; i < path.Names.Count; i++)
        {
            var kind = i < path.Names.Count - 1 ? Libc.Directory : 0;
            using var above = current;
            current = Take(Libc.TryOpenAt(above, Libc.Name(path.Names[i]), Libc.PathOnly | Libc.NoFollow | kind), path);
        }

        return current;
    }

    private static SafeFileHandle Take(int descriptor, WorkspacePath path) =>
        descriptor < 0 ? throw FileFailure.Last(path.ToString()) : new SafeFileHandle(descriptor, ownsHandle: true);

    private static ToolException Refuse(SafeFileHandle opened, WorkspacePath path)
    {
        opened.Dispose();
        return FileFailure.For(FileFailure.IsALink, path.ToString());
    }

    // Container runtimes that do not know the call answer that it is not permitted.
    private static bool KernelHasIt()
    {
        using var here = new SafeFileHandle(-100, ownsHandle: false);
        var descriptor = Libc.TryOpenBeneath(here, Libc.Name("."), Libc.PathOnly);
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError() is not (FileFailure.NotImplemented or FileFailure.NotPermitted);
        new SafeFileHandle(descriptor, ownsHandle: true).Dispose();
        return true;
    }
}

using Microsoft.Win32.SafeHandles;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>An open workspace. Whatever runs in it may change it at any time: every step works on what is open, not on a path.</summary>
internal sealed class Workspace(
    SafeFileHandle folder, string hostPath, WorkspaceOptions limits, PathResolver resolver, uint? user) : IDisposable
{
    private const uint FileMode = 0x1A4;
    private const uint FolderMode = 0x1ED;

    /// <summary>Where it is on this machine.</summary>
    public string HostPath { get; } = hostPath;

    /// <summary>How much it may hold.</summary>
    public WorkspaceOptions Limits { get; } = limits;

    /// <summary>What it holds now; counted no further than beyond its limits.</summary>
    public WorkspaceUsage Measure()
    {
        var (bytes, files) = (0L, 0);
        string? closed = null;
        foreach (var entry in FolderReader.Walk(folder))
        {
            bytes += entry.Status.Allocated;
            closed = entry.IsClosed ? entry.Path : closed;
            if (++files > Limits.MaxFiles)
                break;
        }

        return new WorkspaceUsage(bytes, files, closed);
    }

    /// <summary>What is in a folder; a path of a file gives that file alone.</summary>
    /// <param name="path">Where to begin.</param>
    /// <param name="levels">How many levels down.</param>
    public IEnumerable<WorkspaceEntry> List(WorkspacePath path, int levels)
    {
        using var start = resolver.Open(folder, path);
        var status = PathResolver.StatusOf(start, path);
        if (status.Kind != FileKind.Folder)
        {
            yield return new WorkspaceEntry(path.ToString(), status);
            yield break;
        }

        foreach (var entry in FolderReader.Walk(start, path.IsRoot ? "" : $"{path}/", levels))
            yield return entry;
    }

    /// <summary>A regular file's content.</summary>
    /// <exception cref="ToolException">It is not there, not a regular file, or larger than <see cref="WorkspaceOptions.MaxFileBytes"/>.</exception>
    public WorkspaceFile Read(WorkspacePath path)
    {
        using var found = resolver.Open(folder, path);
        var status = PathResolver.StatusOf(found, path);
        Require(status, path);
        // The thing itself again, now to be read: its path may already lead elsewhere.
        using var here = new SafeFileHandle(-100, ownsHandle: false);
        var again = Libc.Name($"/proc/self/fd/{found.DangerousGetHandle()}");
        var descriptor = Libc.TryOpenAt(here, again, Libc.ReadOnly | Libc.NonBlocking);
        if (descriptor < 0)
            throw FileFailure.Last(path.ToString());

        using var file = new SafeFileHandle(descriptor, ownsHandle: true);
        return new WorkspaceFile(ReadAll(file, (int)status.Size, path), status);
    }

    /// <summary>Puts a file in its place whole: until then the old one is there, and never a part of the new.</summary>
    /// <param name="path">Where; folders that are missing are made.</param>
    /// <param name="content">The file's content.</param>
    /// <param name="expected">The file that is to be replaced, as it was read; null for whatever is there.</param>
    /// <returns>Whether there was a file before.</returns>
    /// <exception cref="ToolException">The place is taken by something else, the workspace is full, or the file was changed meanwhile.</exception>
    public bool Write(WorkspacePath path, ReadOnlySpan<byte> content, FileStatus? expected = null)
    {
        if (path.IsRoot)
            throw FileFailure.For(FileFailure.IsAFolder, path.ToString());
        if (content.Length > Limits.MaxFileBytes)
            throw new ToolException($"The content has {content.Length} bytes; a file may have {Limits.MaxFileBytes}.");
        var usage = Measure();
        if ((usage with { Bytes = usage.Bytes + content.Length, Files = usage.Files + 1 }).Excess(Limits) is { } excess)
            throw new ToolException($"The file was not written: {excess}. Delete what is no longer needed.");

        using var parent = MakeFolders(path.Parent);
        return Replace(parent, path, content, expected);
    }

    public void Dispose() => folder.Dispose();

    private SafeFileHandle MakeFolders(WorkspacePath path)
    {
        var made = new List<string>();
        var current = resolver.Open(folder, WorkspacePath.Parse("."));
        foreach (var name in path.Names)
        {
            using var above = current;
            made.Add(name);
            var isNew = Libc.TryMakeFolder(above, Libc.Name(name), FolderMode) == 0;
            var descriptor = Libc.TryOpenAt(above, Libc.Name(name), Libc.ReadOnly | Libc.Directory | Libc.NoFollow);
            if (descriptor < 0)
                throw FileFailure.Last(string.Join('/', made));
            current = new SafeFileHandle(descriptor, ownsHandle: true);
            if (isNew)
                GiveToUser(current);
        }

        return current;
    }

    private bool Replace(SafeFileHandle parent, WorkspacePath path, ReadOnlySpan<byte> content, FileStatus? expected)
    {
        var (shown, name) = (path.ToString(), Libc.Name(path.Names[^1]));
        var temporary = Libc.Name($".toolservice-{Guid.NewGuid():N}");
        var descriptor = Libc.TryOpenAt(parent, temporary, Libc.WriteOnly | Libc.Create | Libc.Exclusive | Libc.NoFollow, FileMode);
        if (descriptor < 0)
            throw FileFailure.Last(shown);

        var isThere = false;
        try
        {
            using var file = new SafeFileHandle(descriptor, ownsHandle: true);
            RandomAccess.Write(file, content, 0);
            GiveToUser(file);
            isThere = Libc.TryStatus(parent, name, out var before) == 0;
            if (isThere)
                Require(before, path);
            if (isThere && Libc.TrySetMode(file, before.Permissions) < 0)
                throw FileFailure.Last(shown);
            if (expected is { } read && (!isThere || before.Version != read.Version))
                throw new ToolException($"'{shown}' was changed meanwhile; read it again.") { Retryable = true };
            if (Libc.TryRename(parent, temporary, name) < 0)
                throw FileFailure.Last(shown);
            return isThere;
        }
        catch (Exception e)
        {
            _ = Libc.TryRemove(parent, temporary);
            if (e is IOException)
                throw FileFailure.For(FileFailure.NoSpace, shown);
            throw;
        }
    }

    private void GiveToUser(SafeFileHandle file)
    {
        if (user is { } owner && Libc.TrySetOwner(file, owner, owner) < 0)
            throw FileFailure.Last("the file");
    }

    private void Require(FileStatus status, WorkspacePath path)
    {
        if (status.Kind == FileKind.Folder)
            throw FileFailure.For(FileFailure.IsAFolder, path.ToString());
        if (status.Kind != FileKind.File)
            throw new ToolException(FileFailure.NotRegular(path.ToString()));
        if (status.Size > Limits.MaxFileBytes)
            throw new ToolException(
                $"'{path}' has {status.Size} bytes; file tools take up to {Limits.MaxFileBytes}. Use a command to look at a part of it.");
    }

    // A file may shrink or grow while it is read: what is there is read, and no more than it had.
    private static byte[] ReadAll(SafeFileHandle file, int size, WorkspacePath path)
    {
        var content = new byte[size];
        try
        {
            var length = 0;
            while (length < size && RandomAccess.Read(file, content.AsSpan(length), length) is > 0 and var read)
                length += read;
            return length == size ? content : content[..length];
        }
        catch (IOException e)
        {
            throw new ToolException($"'{path}' cannot be read.", e);
        }
    }
}

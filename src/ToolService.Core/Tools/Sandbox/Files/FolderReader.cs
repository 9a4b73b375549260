using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>Walks folders by what is open, never by path: a folder that is swapped for a link meanwhile leads nowhere.</summary>
internal static class FolderReader
{
    private const int DeepestFolder = 64;
    private const int NameOffset = 19;
    private static readonly int Folder = Libc.ReadOnly | Libc.Directory | Libc.NoFollow;

    /// <summary>Everything below a folder, each folder before what is in it, names in order; what vanishes meanwhile is left out.</summary>
    /// <param name="folder">An open folder; it stays open.</param>
    /// <param name="prefix">What the paths begin with: empty, or a path that ends in <c>/</c>.</param>
    /// <param name="levels">How many levels; 1 for the folder's own entries alone.</param>
    public static IEnumerable<WorkspaceEntry> Walk(SafeFileHandle folder, string prefix = "", int levels = DeepestFolder)
    {
        var readable = Libc.TryOpenAt(folder, Libc.Name("."), Folder);
        return readable < 0 ? [] : Walk(readable, prefix, Math.Min(levels, DeepestFolder));
    }

    private static IEnumerable<WorkspaceEntry> Walk(int descriptor, string prefix, int levels)
    {
        using var folder = new SafeFileHandle(descriptor, ownsHandle: true);
        foreach (var name in Names(folder))
        {
            if (Libc.TryStatus(folder, name, out var status) < 0)
                continue;

            var path = prefix + Encoding.UTF8.GetString(name.AsSpan(0, name.Length - 1));
            var below = status.Kind == FileKind.Folder && levels > 1 ? Libc.TryOpenAt(folder, name, Folder) : -1;
            yield return new WorkspaceEntry(path, status) { IsClosed = status.Kind == FileKind.Folder && below < 0 && IsThere(folder, name) };
            if (below < 0)
                continue;
            foreach (var entry in Walk(below, path + '/', levels - 1))
                yield return entry;
        }
    }

    private static bool IsThere(SafeFileHandle folder, byte[] name) =>
        Libc.TryStatus(folder, name, out var status) == 0 && status.Kind == FileKind.Folder;

    private static List<byte[]> Names(SafeFileHandle folder)
    {
        List<byte[]> names = [];
        var buffer = new byte[32_768];
        int read;
        while ((read = Libc.TryReadEntries(folder, buffer)) > 0)
        {
            for (var at = 0; at < read;)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + 16));
                var name = buffer.AsSpan(at + NameOffset, length - NameOffset);
                name = name[..(name.IndexOf((byte)0) + 1)];
                if (!name.SequenceEqual(".\0"u8) && !name.SequenceEqual("..\0"u8))
                    names.Add(name.ToArray());
                at += length;
            }
        }

        names.Sort((one, other) => one.AsSpan().SequenceCompareTo(other));
        return names;
    }
}

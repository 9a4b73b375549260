using System.Text;
using Microsoft.Win32.SafeHandles;
using ToolService.Core.Tools.Sandbox.Files;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>
/// A file without a name or a place on the disk: what is passed to a starting sandbox neither shows in the list of processes nor stays
/// behind.
/// </summary>
internal sealed class MemoryFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    public MemoryFile(string name, ReadOnlySpan<byte> content)
    {
        var descriptor = Libc.TryCreateMemoryFile(name);
        if (descriptor < 0)
            throw new SandboxUnavailableException("The kernel gives no files in memory (memfd_create).");
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.Write(_handle, content, 0);
    }

    public MemoryFile(string name, string content)
        : this(name, Encoding.UTF8.GetBytes(content))
    {
    }

    /// <summary>Where another process of the same user opens it.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_handle.DangerousGetHandle()}";

    /// <summary>What it holds now.</summary>
    public string ReadText()
    {
        var content = new byte[RandomAccess.GetLength(_handle)];
        return Encoding.UTF8.GetString(content, 0, RandomAccess.Read(_handle, content, 0));
    }

    public void Dispose() => _handle.Dispose();
}

using System.Runtime.InteropServices;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>What the kernel says of a file: the part of <c>struct statx</c> that is used here, the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    private const int TypeMask = 0xF000;
    private const int BlockSize = 512;

    [FieldOffset(16)]
    private readonly uint _links;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    private readonly ulong _number;

    [FieldOffset(40)]
    private readonly ulong _size;

    [FieldOffset(48)]
    private readonly ulong _blocks;

    [FieldOffset(112)]
    private readonly long _modifiedSeconds;

    [FieldOffset(120)]
    private readonly uint _modifiedNanoseconds;

    /// <summary>What the file is.</summary>
    public readonly FileKind Kind => (_mode & TypeMask) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        _ => FileKind.Special,
    };

    /// <summary>Its permission bits, without set-user-id and its like.</summary>
    public readonly uint Permissions => _mode & 0x1FFu;

    /// <summary>Its length in bytes.</summary>
    public readonly long Size => (long)_size;

    /// <summary>What it takes up on the disk, in bytes; less than <see cref="Size"/> where it has holes.</summary>
    public readonly long Allocated => (long)_blocks * BlockSize;

    /// <summary>Which state of which file it is: it differs once another file is in its place or it was written.</summary>
    public readonly (ulong Number, long Seconds, uint Nanoseconds, ulong Size, uint Links) Version =>
        (_number, _modifiedSeconds, _modifiedNanoseconds, _size, _links);
}

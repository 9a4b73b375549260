using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ToolService.Core.Tools.Sandbox.Files;

/// <summary>The system calls that paths cannot be trusted to: everything relative to an open folder, nothing through a link.</summary>
internal static class Libc
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;
    public const int PathOnly = 0x200000;

    private const ulong Beneath = 0x8;
    private const ulong NoSymlinks = 0x4;
    private const ulong NoMagicLinks = 0x2;
    private const ulong NoMounts = 0x1;
    private const int CloseRange = 436;
    private const int OpenAt2 = 437;

    public static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
    public static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    public static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    private static readonly int MemoryFileNumber = IsArm ? 279 : 319;
    private static readonly int StatusNumber = IsArm ? 291 : 332;
    private static readonly int EntriesNumber = IsArm ? 61 : 217;

    /// <summary>A name as the kernel takes it.</summary>
    public static byte[] Name(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    /// <summary>Opens one name in a folder; the result is below zero where it fails, with the reason in the last error.</summary>
    public static int TryOpenAt(SafeFileHandle folder, byte[] name, int flags, uint mode = 0) => openat(folder, name, flags | CloseOnExec, mode);

    /// <summary>Opens a path of several names below a folder, through no link and into no other file system.</summary>
    public static int TryOpenBeneath(SafeFileHandle folder, byte[] path, int flags)
    {
        var how = new OpenHow { Flags = (ulong)(uint)(flags | CloseOnExec), Resolve = Beneath | NoSymlinks | NoMagicLinks | NoMounts };
        return (int)openat2(OpenAt2, folder, path, ref how, Marshal.SizeOf<OpenHow>());
    }

    public static int TryMakeFolder(SafeFileHandle folder, byte[] name, uint mode) => mkdirat(folder, name, mode);

    public static int TryRename(SafeFileHandle folder, byte[] from, byte[] to) => renameat(folder, from, folder, to);

    public static int TryRemove(SafeFileHandle folder, byte[] name) => unlinkat(folder, name, 0);

    public static int TrySetOwner(SafeFileHandle file, uint user, uint group) => fchown(file, user, group);

    public static int TrySetMode(SafeFileHandle file, uint mode) => fchmod(file, mode);

    public static int TryReadEntries(SafeFileHandle folder, byte[] buffer) => (int)getdents(EntriesNumber, folder, buffer, buffer.Length);

    /// <summary>What a name in a folder is, a link itself included; an empty name is the folder or file that is open.</summary>
    public static int TryStatus(SafeFileHandle folder, byte[] name, out FileStatus status)
    {
        const int NoFollowLinks = 0x100, Empty = 0x1000;
        const uint BasicStats = 0x7ff;
        return (int)statx(StatusNumber, folder, name, NoFollowLinks | Empty, BasicStats, out status);
    }

    /// <summary>A nameless file in memory that no other process inherits.</summary>
    public static int TryCreateMemoryFile(string name) => (int)memfd_create(MemoryFileNumber, Name(name), 1);

    /// <summary>Lets no open file but standard input and output reach the processes that this one starts.</summary>
    public static int TryKeepFilesFromChildren()
    {
        const uint Mark = 4;
        return (int)close_range(CloseRange, 3, uint.MaxValue, Mark);
    }

    public static uint EffectiveUser() => geteuid();

    [DllImport("libc", SetLastError = true)]
    private static extern int openat(SafeFileHandle folder, byte[] name, int flags, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int mkdirat(SafeFileHandle folder, byte[] name, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int renameat(SafeFileHandle fromFolder, byte[] from, SafeFileHandle toFolder, byte[] to);

    [DllImport("libc", SetLastError = true)]
    private static extern int unlinkat(SafeFileHandle folder, byte[] name, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fchown(SafeFileHandle file, uint user, uint group);

    [DllImport("libc", SetLastError = true)]
    private static extern int fchmod(SafeFileHandle file, uint mode);

    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint openat2(nint number, SafeFileHandle folder, byte[] path, ref OpenHow how, nint size);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint getdents(nint number, SafeFileHandle folder, byte[] buffer, nint size);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint statx(nint number, SafeFileHandle folder, byte[] name, nint flags, nuint mask, out FileStatus status);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint memfd_create(nint number, byte[] name, nuint flags);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint close_range(nint number, nuint first, nuint last, nuint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}

namespace ToolService.Core.Tools.Sandbox;

/// <summary>The numbers of system calls on one kind of processor.</summary>
/// <param name="Machine">What the kernel calls the kind.</param>
internal sealed record SystemCalls(uint Machine)
{
    // By name in this order: ptrace, process_vm_readv, process_vm_writev, kcmp; mount, umount2, pivot_root, chroot; keyctl, add_key,
    // request_key; bpf, perf_event_open, userfaultfd; kexec_load, kexec_file_load, init_module, finit_module, delete_module; unshare,
    // setns; memfd_create; shmget, shmat, semget, msgget; acct, swapon, swapoff, reboot, syslog, quotactl; settimeofday, adjtimex,
    // clock_settime, clock_adjtime; sethostname, setdomainname, vhangup; name_to_handle_at, open_by_handle_at, fanotify_init; personality.
    // What a processor has beyond these follows: on x64 iopl, ioperm, modify_ldt, uselib, ustat, sysfs, _sysctl.
    private static readonly uint[] DeniedOnX64 =
    [
        101, 310, 311, 312, 165, 166, 155, 161, 250, 248, 249, 321, 298, 323, 246, 320, 175, 313, 176, 272, 308, 319, 29, 30, 64, 68, 163, 167, 168,
        169, 103, 179, 164, 159, 227, 305, 170, 171, 153, 303, 304, 300, 135, 172, 173, 154, 134, 136, 139, 156,
    ];

    private static readonly uint[] DeniedOnArm64 =
    [
        117, 270, 271, 272, 40, 39, 41, 51, 219, 217, 218, 280, 241, 282, 104, 294, 105, 273, 106, 97, 268, 279, 194, 196, 190, 186, 89, 224, 225,
        142, 116, 60, 170, 171, 112, 266, 161, 162, 58, 264, 265, 262, 92,
    ];

    // The same number everywhere: the three of io_uring, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, pidfd_getfd,
    // process_madvise, mount_setattr, quotactl_fd, memfd_secret, process_mrelease.
    private static readonly uint[] DeniedOnBoth = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 447, 448];

    /// <summary>Those of x64; of its other way to number calls (x32) none is known here.</summary>
    public static readonly SystemCalls X64 = new(0xC000_003E)
    {
        Denied = [.. DeniedOnX64, .. DeniedOnBoth],
        StartProcess = 56,
        Socket = 41,
        DeviceControl = 16,
        MapMemory = 9,
    };

    /// <summary>Those of arm64.</summary>
    public static readonly SystemCalls Arm64 = new(0xC000_00B7)
    {
        Denied = [.. DeniedOnArm64, .. DeniedOnBoth],
        StartProcess = 220,
        Socket = 198,
        DeviceControl = 29,
        MapMemory = 222,
    };

    /// <summary>Those that are refused whatever their arguments.</summary>
    public required IReadOnlyList<uint> Denied { get; init; }

    /// <summary>The greatest number that is known here.</summary>
    public uint Newest { get; } = 456;

    /// <summary>Starts a process or a thread; refused with new namespaces.</summary>
    public required uint StartProcess { get; init; }

    /// <summary>The same, in a form that cannot be judged.</summary>
    public uint StartProcess3 { get; } = 435;

    /// <summary>Makes a socket; refused for most families.</summary>
    public required uint Socket { get; init; }

    /// <summary>Controls devices (ioctl); refused where it types on a terminal.</summary>
    public required uint DeviceControl { get; init; }

    /// <summary>Maps memory; refused where no limit counts it.</summary>
    public required uint MapMemory { get; init; }
}

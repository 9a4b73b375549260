using System.Buffers.Binary;
using ToolService.Core.Tools.Sandbox;

namespace ToolService.Core.Tests.Tools.Sandbox;

/// <summary>The filter as the kernel would run it; whichever processor the tests run on, both are judged.</summary>
public class SeccompFilterTests
{
    private const uint Allow = 0x7FFF_0000;
    private const uint Kill = 0x8000_0000;
    private const uint X64 = 0xC000_003E;
    private const uint Arm64 = 0xC000_00B7;

    [Theory]
    [InlineData(X64, 0, "read")]
    [InlineData(X64, 59, "execve")]
    [InlineData(X64, 257, "openat")]
    [InlineData(X64, 436, "close_range")]
    [InlineData(X64, 56, "clone", 17)]
    [InlineData(X64, 41, "socket", 1)]
    [InlineData(X64, 41, "socket", 2)]
    [InlineData(X64, 41, "socket", 10)]
    [InlineData(X64, 16, "ioctl", 0, 0x5401)]
    [InlineData(X64, 9, "mmap", 0, 0, 0, 0x22)]
    [InlineData(X64, 9, "mmap", 0, 0, 0, 0x01)]
    [InlineData(Arm64, 63, "read")]
    [InlineData(Arm64, 221, "execve")]
    [InlineData(Arm64, 56, "openat")]
    [InlineData(Arm64, 220, "clone", 17)]
    [InlineData(Arm64, 198, "socket", 2)]
    [InlineData(Arm64, 222, "mmap", 0, 0, 0, 0x22)]
    public void Ordinary_call_is_allowed(uint machine, uint number, string name, params int[] arguments) =>
        Assert.True(Judge(machine, number, arguments) == Allow, name);

    [Theory]
    [InlineData(X64, 101, 1, "ptrace")]
    [InlineData(X64, 165, 1, "mount")]
    [InlineData(X64, 272, 1, "unshare")]
    [InlineData(X64, 321, 1, "bpf")]
    [InlineData(X64, 425, 1, "io_uring_setup")]
    [InlineData(X64, 435, 38, "clone3")]
    [InlineData(X64, 460, 38, "a call that is newer than the filter")]
    [InlineData(X64, 0x40000000, 38, "read in the x32 numbering")]
    [InlineData(X64, 56, 1, "clone with a new user namespace", 0x10000011)]
    [InlineData(X64, 56, 1, "clone with a new mount namespace", 0x00020011)]
    [InlineData(X64, 41, 97, "netlink socket", 16)]
    [InlineData(X64, 41, 97, "packet socket", 17)]
    [InlineData(X64, 16, 1, "TIOCSTI", 0, 0x5412)]
    [InlineData(X64, 16, 1, "TIOCLINUX", 0, 0x541C)]
    [InlineData(X64, 9, 12, "shared anonymous mmap", 0, 0, 0, 0x21)]
    [InlineData(Arm64, 117, 1, "ptrace")]
    [InlineData(Arm64, 40, 1, "mount")]
    [InlineData(Arm64, 97, 1, "unshare")]
    [InlineData(Arm64, 280, 1, "bpf")]
    [InlineData(Arm64, 425, 1, "io_uring_setup")]
    [InlineData(Arm64, 220, 1, "clone with a new user namespace", 0x10000011)]
    [InlineData(Arm64, 198, 97, "netlink socket", 16)]
    [InlineData(Arm64, 29, 1, "TIOCSTI", 0, 0x5412)]
    [InlineData(Arm64, 222, 12, "shared anonymous mmap", 0, 0, 0, 0x21)]
    public void Dangerous_call_is_refused(uint machine, uint number, uint error, string name, params int[] arguments) =>
        Assert.True(Judge(machine, number, arguments) == (0x0005_0000 | error), name);

    [Theory]
    [InlineData(X64)]
    [InlineData(Arm64)]
    public void Call_for_another_processor_kills(uint machine) =>
        Assert.Equal(Kill, Run(Program(machine), 0x4000_0003, 0, []));

    private static byte[] Program(uint machine) => SeccompFilter.For(machine == X64 ? SystemCalls.X64 : SystemCalls.Arm64);

    private static uint Judge(uint machine, uint number, int[] arguments) => Run(Program(machine), machine, number, arguments);

    private static uint Run(byte[] program, uint machine, uint number, int[] arguments)
    {
        var accumulator = 0u;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(at * 8, 8);
            var value = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            bool? isTrue = null;
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    accumulator = value switch { 0 => number, 4 => machine, _ => (uint)arguments.ElementAtOrDefault((int)(value - 16) / 8) };
                    break;
                case 0x54:
                    accumulator &= value;
                    break;
                case 0x15:
                    isTrue = accumulator == value;
                    break;
                case 0x25:
                    isTrue = accumulator > value;
                    break;
                case 0x45:
                    isTrue = (accumulator & value) != 0;
                    break;
                default:
                    return value;
            }

            at += isTrue is null ? 0 : instruction[isTrue.Value ? 2 : 3];
        }
    }
}

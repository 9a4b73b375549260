using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>
/// The program by which the kernel judges every system call in the sandbox (classic BPF). It refuses what no ordinary program needs and
/// what has led out of sandboxes before; system calls that are newer than this list are refused as well.
/// </summary>
internal static class SeccompFilter
{
    private const ushort Load = 0x20;
    private const ushort And = 0x54;
    private const ushort IfEqual = 0x15;
    private const ushort IfGreater = 0x25;
    private const ushort IfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private const uint Allow = 0x7FFF_0000;
    private const uint Kill = 0x8000_0000;
    private const uint Fail = 0x0005_0000;
    private const uint NotPermitted = 1;
    private const uint OutOfMemory = 12;
    private const uint NotImplemented = 38;
    private const uint NoSuchFamily = 97;

    private const uint Number = 0;
    private const uint Machine = 4;
    private const uint NewNamespaces = 0x7E02_0000;
    private const uint SharedAnonymous = 0x21;
    private const uint InsertInput = 0x5412;
    private const uint ConsoleInput = 0x541C;

    /// <summary>The program for this machine; null for a processor for which there is none.</summary>
    public static byte[]? ForThisMachine() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => For(SystemCalls.X64),
        Architecture.Arm64 => For(SystemCalls.Arm64),
        _ => null,
    };

    /// <summary>The program for a table of system calls.</summary>
    public static byte[] For(SystemCalls calls)
    {
        List<(ushort Code, byte IfTrue, byte IfFalse, uint Value)> program =
        [
            (Load, 0, 0, Machine), (IfEqual, 1, 0, calls.Machine), (Return, 0, 0, Kill),
            (Load, 0, 0, Number), (IfGreater, 0, 1, calls.Newest), (Return, 0, 0, Fail | NotImplemented),
        ];
        foreach (var denied in calls.Denied)
            program.AddRange([(IfEqual, 0, 1, denied), (Return, 0, 0, Fail | NotPermitted)]);

        program.AddRange(
        [
            // Its flags lie in memory, which a filter cannot read; libraries fall back on the older call.
            (IfEqual, 0, 1, calls.StartProcess3), (Return, 0, 0, Fail | NotImplemented),
            (IfEqual, 0, 4, calls.StartProcess), (Load, 0, 0, Argument(0)), (IfAnyBit, 0, 1, NewNamespaces),
            (Return, 0, 0, Fail | NotPermitted), (Return, 0, 0, Allow),
            // Unix, IPv4 and IPv6 sockets, for talk within the sandbox.
            (IfEqual, 0, 6, calls.Socket), (Load, 0, 0, Argument(0)), (IfEqual, 3, 0, 1), (IfEqual, 2, 0, 2), (IfEqual, 1, 0, 10),
            (Return, 0, 0, Fail | NoSuchFamily), (Return, 0, 0, Allow),
            (IfEqual, 0, 5, calls.DeviceControl), (Load, 0, 0, Argument(1)), (IfEqual, 1, 0, InsertInput), (IfEqual, 0, 1, ConsoleInput),
            (Return, 0, 0, Fail | NotPermitted), (Return, 0, 0, Allow),
            // Shared memory without a file is the one kind that no limit of a process counts.
            (IfEqual, 0, 5, calls.MapMemory), (Load, 0, 0, Argument(3)), (And, 0, 0, SharedAnonymous), (IfEqual, 0, 1, SharedAnonymous),
            (Return, 0, 0, Fail | OutOfMemory), (Return, 0, 0, Allow),
            (Return, 0, 0, Allow),
        ]);
        return Encode(program);
    }

    private static uint Argument(uint index) => 16 + (8 * index);

    private static byte[] Encode(List<(ushort Code, byte IfTrue, byte IfFalse, uint Value)> program)
    {
        var bytes = new byte[program.Count * 8];
        for (var i = 0; i < program.Count; i++)
        {
            var instruction = bytes.AsSpan(i * 8);
            BinaryPrimitives.WriteUInt16LittleEndian(instruction, program[i].Code);
            (instruction[2], instruction[3]) = (program[i].IfTrue, program[i].IfFalse);
            BinaryPrimitives.WriteUInt32LittleEndian(instruction[4..], program[i].Value);
        }

        return bytes;
    }
}

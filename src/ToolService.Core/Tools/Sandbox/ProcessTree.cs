namespace ToolService.Core.Tools.Sandbox;

/// <summary>What a process and all that descend from it use, as the kernel counts it.</summary>
/// <param name="MemoryBytes">The memory that they hold and that is not a file's; shared memory counts once for each.</param>
/// <param name="CpuSeconds">The processor time of those that run and of those that ended and were heard of.</param>
/// <param name="WrittenBytes">What the same wrote to the disk.</param>
internal readonly record struct ProcessTree(long MemoryBytes, double CpuSeconds, long WrittenBytes)
{
    /// <summary>Looks at the processes below one, itself included.</summary>
    public static ProcessTree Of(int root, ProcessTable table)
    {
        var tree = default(ProcessTree);
        foreach (var process in table.Below(root))
        {
            tree = new ProcessTree(
                tree.MemoryBytes + (ProcessFile.Sum(process.Id, "status", "RssAnon:", "RssShmem:") * 1024),
                tree.CpuSeconds + process.CpuSeconds,
                tree.WrittenBytes + ProcessFile.Sum(process.Id, "io", "write_bytes:"));
        }

        return tree;
    }
}

namespace ToolService.Core.Storage.Writing;

/// <summary>
/// Lets the callers of a batch go on, on the thread pool. They share as many work items as there are processors: one for each caller would wake
/// a thread for each, which costs more than what most callers do next.
/// </summary>
internal static class BatchRelease
{
    private static readonly int Shares = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Queues the release and returns at once.</summary>
    /// <param name="units">Units that have been written, or not; the list may be reused when this returns.</param>
    /// <param name="release">Completes or fails one unit.</param>
    public static void Queue(IReadOnlyList<IWriteUnit> units, Action<IWriteUnit> release)
    {
        var size = (units.Count + Shares - 1) / Shares;
        for (var from = 0; from < units.Count; from += size)
        {
            var share = new IWriteUnit[Math.Min(size, units.Count - from)];
            for (var i = 0; i < share.Length; i++)
                share[i] = units[from + i];
            ThreadPool.UnsafeQueueUserWorkItem(static item => Release(item.share, item.release), (share, release), preferLocal: false);
        }
    }

    private static void Release(IWriteUnit[] share, Action<IWriteUnit> release)
    {
        foreach (var unit in share)
            release(unit);
    }
}

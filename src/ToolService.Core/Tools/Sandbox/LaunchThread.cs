using System.Collections.Concurrent;
using System.Diagnostics;

namespace ToolService.Core.Tools.Sandbox;

/// <summary>
/// The thread that starts every sandbox. The kernel kills a sandbox with the thread that started it, not with the process: were it one of
/// the pool's, which come and go, commands would die with it.
/// </summary>
internal static class LaunchThread
{
    private static readonly BlockingCollection<Action> Work = Begin();

    /// <summary>Starts a process on the thread.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        BlockingCollection<Action> work = [];
        new Thread(() =>
        {
            foreach (var start in work.GetConsumingEnumerable())
                start();
        })
        { IsBackground = true, Name = "Sandbox launcher" }.Start();
        return work;
    }
}

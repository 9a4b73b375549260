using System.Collections.Concurrent;
using ToolService.Core.Tools;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>Publishes what a turn's tools report of their progress, of each call at most so often.</summary>
internal sealed class ProgressReports(TurnLog log, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    public void Report(string callId, ToolProgress progress)
    {
        var now = time.GetTimestamp();
        var isDue = !_last.TryGetValue(callId, out var last)
            ? _last.TryAdd(callId, now)
            : time.GetElapsedTime(last, now) >= Interval && _last.TryUpdate(callId, now, last);
        if (isDue)
            log.Publish(new TurnEvent.Progress(callId, progress));
    }
}

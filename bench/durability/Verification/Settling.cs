using System.Diagnostics;

namespace ToolService.Durability.Verification;

/// <summary>Waits until no turn is at work.</summary>
internal static class Settling
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>How long it took; null where turns are still at work after that time, or sessions busy.</summary>
    /// <param name="stored">The service.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="mayWait">Whether turns may wait for a person.</param>
    public static async Task<TimeSpan?> WaitAsync(Stored stored, TimeSpan patience, bool mayWait)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await IsQuietAsync(stored, mayWait))
        {
            if (Stopwatch.GetElapsedTime(start) > patience)
                return null;
            await Task.Delay(BetweenLooks);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<bool> IsQuietAsync(Stored stored, bool mayWait)
    {
        foreach (var session in await stored.SessionsAsync())
        {
            if (!session.TryGetProperty("active_turn_id", out var active))
                continue;
            if (!mayWait || await stored.FindTurnAsync(active.GetString()!) is not { } turn)
                return false;
            if (turn.GetProperty("status").GetString() is "queued" or "running")
                return false;
        }

        return true;
    }
}

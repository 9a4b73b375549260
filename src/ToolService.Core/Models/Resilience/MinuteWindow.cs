namespace ToolService.Core.Models.Resilience;

/// <summary>What was used within the last minute, against a limit. Not safe for use from several threads at once.</summary>
/// <param name="limit">The most within any minute.</param>
/// <param name="time">Tells which minute.</param>
internal sealed class MinuteWindow(int limit, TimeProvider time)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private readonly Queue<Use> _uses = new();
    private long _used;

    /// <summary>How long until so much more fits. What is more than the limit itself fits when nothing else is there.</summary>
    public TimeSpan WaitFor(long amount)
    {
        while (_uses.TryPeek(out var oldest) && LeftOf(oldest) <= TimeSpan.Zero)
        {
            _used -= _uses.Dequeue().Amount;
            oldest.IsOver = true;
        }

        var over = _used + Math.Min(amount, limit) - limit;
        if (over <= 0)
            return TimeSpan.Zero;

        foreach (var use in _uses)
        {
            over -= use.Amount;
            if (over <= 0)
                return LeftOf(use);
        }

        return Length;
    }

    /// <summary>Counts this as used now.</summary>
    public Use Take(long amount)
    {
        var use = new Use(time.GetTimestamp()) { Amount = amount };
        _uses.Enqueue(use);
        _used += amount;
        return use;
    }

    /// <summary>Puts right what was only estimated.</summary>
    public void Correct(Use use, long amount)
    {
        if (!use.IsOver)
            _used += amount - use.Amount;
        use.Amount = amount;
    }

    private TimeSpan LeftOf(Use use) => Length - time.GetElapsedTime(use.At);

    /// <summary>An amount that was used at a moment.</summary>
    public sealed class Use(long at)
    {
        /// <summary>When.</summary>
        public long At { get; } = at;

        /// <summary>How much.</summary>
        public long Amount { get; set; }

        /// <summary>Whether that is more than a minute ago.</summary>
        public bool IsOver { get; set; }
    }
}

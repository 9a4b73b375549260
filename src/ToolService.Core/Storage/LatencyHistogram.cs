namespace ToolService.Core.Storage;

/// <summary>
/// Percentiles of any number of durations in constant memory, each within 1 % of the true one (or the microsecond that storage keeps).
/// Buckets grow geometrically, so the relative error is the same everywhere.
/// </summary>
internal sealed class LatencyHistogram
{
    private const double Error = 0.01;
    private const double Growth = (1 + Error) / (1 - Error);
    private static readonly double LogGrowth = Math.Log(Growth);

    private long[] _counts = [];
    private long _zeros;

    /// <summary>How many durations were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds one, in microseconds.</summary>
    public void Add(long microseconds)
    {
        Count++;
        if (microseconds <= 0)
        {
            _zeros++;
            return;
        }

        var bucket = (int)Math.Ceiling(Math.Log(microseconds) / LogGrowth);
        if (bucket >= _counts.Length)
            Array.Resize(ref _counts, bucket + 64);
        _counts[bucket]++;
    }

    /// <summary>The duration that this share of all (0 to 1) do not exceed; zero when there is none.</summary>
    public TimeSpan Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = _zeros;
        if (Count == 0 || seen >= rank)
            return TimeSpan.Zero;

        var bucket = -1;
        while (seen < rank)
            seen += _counts[++bucket];
        return TimeSpan.FromMicroseconds(2 * Math.Pow(Growth, bucket) / (Growth + 1));
    }
}

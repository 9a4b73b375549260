namespace ToolService.Durability;

/// <summary>What was done and found. Safe to use from any thread.</summary>
internal sealed class Report
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Aimed, int Hit)> _points = [];
    private readonly List<(Promise Promise, string Text)> _violations = [];

    /// <summary>The longest time from a restart to the last turn at rest.</summary>
    public TimeSpan LongestRecovery { get; private set; }

    /// <summary>How many processes were killed.</summary>
    public int Kills { get; private set; }

    public IReadOnlyList<(Promise Promise, string Text)> Violations
    {
        get
        {
            lock (_gate)
                return [.. _violations];
        }
    }

    /// <summary>Numbers by what they count.</summary>
    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            lock (_gate)
                return new SortedDictionary<string, long>(_counts, StringComparer.Ordinal);
        }
    }

    /// <summary>How often the service was to be killed at a point, and how often it was.</summary>
    public (int Aimed, int Hit) At(string point)
    {
        lock (_gate)
            return _points.GetValueOrDefault(point);
    }

    public void Count(string what, long more = 1)
    {
        lock (_gate)
            _counts[what] = _counts.GetValueOrDefault(what) + more;
    }

    /// <summary>The service was to be killed there.</summary>
    public void Aimed(string point, bool hit)
    {
        lock (_gate)
        {
            var (aimed, hits) = _points.GetValueOrDefault(point);
            _points[point] = (aimed + 1, hits + (hit ? 1 : 0));
            Kills += hit ? 1 : 0;
        }
    }

    public void Recovered(TimeSpan after)
    {
        lock (_gate)
            LongestRecovery = after > LongestRecovery ? after : LongestRecovery;
    }

    public void Violated(Promise promise, string text)
    {
        lock (_gate)
            _violations.Add((promise, text));
    }
}

namespace ToolService.Core.Conversations.Callbacks;

/// <summary>When a callback that was not taken is sent again.</summary>
internal static class CallbackRetries
{
    // So that callbacks which failed together, as in a receiver's outage, do not come back together.
    private const double Spread = 0.2;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
    ];

    /// <summary>How long to wait after so many attempts; null to give up.</summary>
    public static TimeSpan? After(int attempts) =>
        attempts > Waits.Length ? null : Waits[attempts - 1] * (1 + (Spread * Random.Shared.NextDouble()));
}

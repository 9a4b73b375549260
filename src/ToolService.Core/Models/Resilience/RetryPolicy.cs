namespace ToolService.Core.Models.Resilience;

/// <summary>Which failures of a model are worth another attempt, and after which wait.</summary>
/// <param name="maxRetries">How many times a request is made again.</param>
/// <param name="random">Spreads the waits: 0 to 1; null for the real one.</param>
internal sealed class RetryPolicy(int maxRetries, Func<double>? random = null)
{
    /// <summary>The longest wait that a provider can ask for. Where it asks for more, an attempt before that would be in vain.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private readonly Func<double> _random = random ?? Random.Shared.NextDouble;

    /// <summary>Nothing is tried again.</summary>
    public static RetryPolicy None { get; } = new(0);

    /// <summary>How long to wait before the next attempt, which then counts against the budget; null where there is none.</summary>
    /// <param name="retries">How many times the request was made again already.</param>
    /// <param name="failure">How the last attempt ended.</param>
    /// <param name="budget">What the turn has left; null for no such bound.</param>
    public TimeSpan? WaitBeforeRetry(int retries, ModelException failure, RetryBudget? budget)
    {
        if (!failure.Retryable || retries >= maxRetries || failure.RetryAfter > MaxRetryAfter || budget?.TryTake() is false)
            return null;

        return failure.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked : Backoff(retries);
    }

    // Half of each wait is fixed, half is random: clients that failed together do not come back together.
    private TimeSpan Backoff(int retries)
    {
        var wait = FirstWait * Math.Pow(2, Math.Min(retries, 16));
        return (wait < MaxWait ? wait : MaxWait) * (0.5 + (_random() / 2));
    }
}

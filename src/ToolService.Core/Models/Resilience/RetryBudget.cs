using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Resilience;

/// <summary>How many more times requests that belong together may be made again. It travels in the request's options and is never sent.</summary>
/// <param name="limit">The most; 0 for none.</param>
internal sealed class RetryBudget(int limit)
{
    private const string Key = "toolservice.retry_budget";
    private int _used;

    /// <summary>How many were made.</summary>
    public int Used => Volatile.Read(ref _used);

    /// <summary>The budget of a request; null where it has none, and only the model's own limit counts.</summary>
    public static RetryBudget? Of(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Key) as RetryBudget;

    /// <summary>Lets a request's retries count against this.</summary>
    public void ApplyTo(ChatOptions options) => (options.AdditionalProperties ??= [])[Key] = this;

    /// <summary>Takes one retry; false when none is left.</summary>
    public bool TryTake()
    {
        while (Used is var used && used < limit)
        {
            if (Interlocked.CompareExchange(ref _used, used + 1, used) == used)
                return true;
        }

        return false;
    }
}

using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using ToolService.Core.Tools;

namespace ToolService.Core.Execution;

/// <summary>What one tool's calls share: its slots, its retries and its breaker.</summary>
internal sealed class ToolGate
{
    private readonly ResiliencePipeline<Attempt> _pipeline;

    public ToolGate(Tool tool, ExecutionOptions options, TimeProvider time)
    {
        Tool = tool;
        Timeout = tool.Policy.Timeout ?? options.DefaultTimeout;
        Slots = Limiter(tool.Policy.MaxParallel ?? options.MaxParallelCalls, options.MaxQueuedCalls);
        _pipeline = Build(tool.Policy, options, time);
    }

    public Tool Tool { get; }

    public TimeSpan Timeout { get; }

    public ConcurrencyLimiter Slots { get; }

    public static ConcurrencyLimiter Limiter(int parallel, int queued) =>
        new(new ConcurrencyLimiterOptions { PermitLimit = parallel, QueueLimit = queued, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    public async ValueTask<Attempt> RunAsync(Func<ValueTask<Attempt>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(static (start, _) => start(), attempt, cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            return new Attempt(CallStatus.Rejected, Error: ToolErrors.Paused(Tool, e.RetryAfter));
        }
    }

    private static ResiliencePipeline<Attempt> Build(ToolPolicy policy, ExecutionOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time };
        if (policy.MayRunAgain && policy.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = policy.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = retry => ValueTask.FromResult(CanHelp(retry.Outcome.Result, options)),
                DelayGenerator = retry => ValueTask.FromResult(retry.Outcome.Result.RetryAfter),
            });
        }

        return builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
        {
            FailureRatio = 0.5,
            MinimumThroughput = options.BreakerMinimumAttempts,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = options.BreakerPause,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Result.IsToolsFault),
        }).Build();
    }

    private static bool CanHelp(Attempt attempt, ExecutionOptions options) =>
        attempt is { Status: CallStatus.Failed or CallStatus.TimedOut, Error.Retryable: true }
        && attempt.RetryAfter.GetValueOrDefault() <= options.MaxRetryDelay;
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace ToolService.Core.Models;

/// <summary>Repeats requests that failed in a way that may pass. A stream is repeated only before its first update was passed on.</summary>
internal sealed partial class RetryingChatClient : DelegatingChatClient
{
    /// <summary>The longest wait that a provider's Retry-After can ask for.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(1);

    private static readonly ResiliencePropertyKey<RetryBudget?> Budget = new("retry_budget");

    private readonly string _name;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="inner">The client whose requests are repeated.</param>
    /// <param name="name">The model's name, for the log.</param>
    /// <param name="maxRetries">How many times, after the first attempt.</param>
    /// <param name="time">Measures the waits.</param>
    /// <param name="logger">Told of every retry.</param>
    /// <param name="random">Spreads the waits: 0 to 1; null for the real one.</param>
    public RetryingChatClient(
        IChatClient inner, string name, int maxRetries, TimeProvider time, ILogger logger, Func<double>? random = null)
        : base(inner)
    {
        _name = name;
        _logger = logger;
        _pipeline = maxRetries == 0
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder { TimeProvider = time }
                .AddRetry(Strategy(maxRetries, random ?? Random.Shared.NextDouble))
                .Build();
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await RunAsync(
            static async (request, token) => await request.Client.GetResponseAsync(request.Messages, request.Options, token),
            new Request(InnerClient, [.. messages], options),
            cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (updates, found) = await RunAsync(OpenAsync, new Request(InnerClient, [.. messages], options), cancellationToken);
        await using (updates)
            for (; found; found = await updates.MoveNextAsync())
                yield return updates.Current;
    }

    private async Task<T> RunAsync<T>(
        Func<Request, CancellationToken, ValueTask<T>> ask, Request request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            context.Properties.Set(Budget, RetryBudget.Of(request.Options));
            return await _pipeline.ExecuteAsync(
                static (context, state) => state.ask(state.request, context.CancellationToken), context, (ask, request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static bool MayRetry(RetryPredicateArguments<object> attempt, int maxRetries) =>
        attempt.Outcome.Exception is ModelException { Retryable: true }
        && attempt.AttemptNumber < maxRetries
        && (attempt.Context.Properties.GetValue(Budget, null) is not { } budget || budget.TryTake());

    private static async ValueTask<(IAsyncEnumerator<ChatResponseUpdate> Updates, bool Found)> OpenAsync(
        Request request, CancellationToken cancellationToken)
    {
        var updates = request.Client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        try
        {
            return (updates, await updates.MoveNextAsync());
        }
        catch
        {
            await updates.DisposeAsync();
            throw;
        }
    }

    private RetryStrategyOptions Strategy(int maxRetries, Func<double> random) => new()
    {
        MaxRetryAttempts = maxRetries,
        ShouldHandle = attempt => ValueTask.FromResult(MayRetry(attempt, maxRetries)),
        BackoffType = DelayBackoffType.Exponential,
        Delay = TimeSpan.FromMilliseconds(500),
        MaxDelay = TimeSpan.FromSeconds(30),
        UseJitter = true,
        Randomizer = random,
        DelayGenerator = static attempt => ValueTask.FromResult(
            attempt.Outcome.Exception is ModelException { RetryAfter: { } wait } ? wait < MaxRetryAfter ? wait : MaxRetryAfter : (TimeSpan?)null),
        OnRetry = attempt =>
        {
            LogRetry(_name, attempt.AttemptNumber + 1, attempt.RetryDelay.TotalMilliseconds, attempt.Outcome.Exception);
            return ValueTask.CompletedTask;
        },
    };

    [LoggerMessage(1, LogLevel.Warning, "Model {Model}: attempt {Attempt} failed; the next one follows in {DelayMs} ms")]
    private partial void LogRetry(string model, int attempt, double delayMs, Exception? exception);

    private sealed record Request(IChatClient Client, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options);
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ToolService.Core.Models.Resilience;

/// <summary>Repeats requests that failed in a way that may pass. A stream is repeated only before its first update was passed on.</summary>
/// <param name="inner">The client whose requests are repeated.</param>
/// <param name="name">The model's name, for the log.</param>
/// <param name="policy">What is repeated, and when.</param>
/// <param name="time">Measures the waits.</param>
/// <param name="logger">Told of every retry.</param>
internal sealed partial class RetryingChatClient(IChatClient inner, string name, RetryPolicy policy, TimeProvider time, ILogger logger)
    : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        return RunAsync(() => InnerClient.GetResponseAsync(asked, options, cancellationToken), RetryBudget.Of(options), cancellationToken);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        var (updates, found) =
            await RunAsync(() => OpenAsync(asked, options, cancellationToken), RetryBudget.Of(options), cancellationToken);
        await using (updates)
            for (; found; found = await updates.MoveNextAsync())
                yield return updates.Current;
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> ask, RetryBudget? budget, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                return await ask();
            }
            catch (ModelException e) when (policy.WaitBeforeRetry(retries, e, budget) is { } wait)
            {
                LogRetry(name, retries + 1, wait.TotalMilliseconds, e);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private async Task<(IAsyncEnumerator<ChatResponseUpdate> Updates, bool Found)> OpenAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var updates = InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
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

    [LoggerMessage(1, LogLevel.Warning, "Model {Model}: attempt {Attempt} failed; the next one follows in {DelayMs} ms")]
    private partial void LogRetry(string model, int attempt, double delayMs, Exception? exception);
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Resilience;

/// <summary>Sends nothing to a model whose breaker is open. The failure that opens it is passed on as one that no retry can help.</summary>
internal sealed class BreakingChatClient(IChatClient inner, ModelBreaker breaker) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var attempt = breaker.Begin();
        try
        {
            var response = await InnerClient.GetResponseAsync(messages, options, cancellationToken);
            attempt.Succeeded();
            return response;
        }
        catch (ModelException e) when (attempt.Failed(e))
        {
            throw e.ToFinal();
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var attempt = breaker.Begin();
        await using var updates =
            InnerClient.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(updates, attempt))
        {
            attempt.Answering();
            yield return updates.Current;
        }

        attempt.Succeeded();
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, ModelBreaker.Attempt attempt)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (ModelException e) when (attempt.Failed(e))
        {
            throw e.ToFinal();
        }
    }
}

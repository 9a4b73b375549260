using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Resilience;

/// <summary>Asks a model no more than its limits allow. A place is held until the stream has ended or was left.</summary>
/// <param name="inner">The client whose requests are limited.</param>
/// <param name="limiter">The limits; disposed with this.</param>
/// <param name="breaker">Says whether waiting makes sense at all; null where it always does.</param>
internal sealed class LimitingChatClient(IChatClient inner, RequestLimiter limiter, ModelBreaker? breaker) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        using var place = await EnterAsync(asked, options, cancellationToken);
        var response = await InnerClient.GetResponseAsync(asked, options, cancellationToken);
        Correct(place, response.Usage);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = messages.ToList();
        using var place = await EnterAsync(asked, options, cancellationToken);
        UsageDetails? usage = null;
        await foreach (var update in InnerClient.GetStreamingResponseAsync(asked, options, cancellationToken))
        {
            foreach (var reported in update.Contents.OfType<UsageContent>())
            {
                (usage ??= new UsageDetails()).Add(reported.Details);
                Correct(place, usage);
            }

            yield return update;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            limiter.Dispose();
        base.Dispose(disposing);
    }

    private ValueTask<RequestLimiter.Place> EnterAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        breaker?.ThrowIfOpen();
        return limiter.EnterAsync(TokenEstimate.Of(messages, options), cancellationToken);
    }

    private static void Correct(RequestLimiter.Place place, UsageDetails? usage)
    {
        var parts = usage is { InputTokenCount: { } input, OutputTokenCount: { } output } ? input + output : (long?)null;
        if ((usage?.TotalTokenCount ?? parts) is { } tokens)
            place.Correct(tokens);
    }
}

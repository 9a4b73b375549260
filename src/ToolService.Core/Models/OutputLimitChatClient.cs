using Microsoft.Extensions.AI;

namespace ToolService.Core.Models;

/// <summary>Gives requests that do not say how long an answer may be the model's configured bound.</summary>
/// <param name="inner">The client that is asked.</param>
/// <param name="maxOutputTokens">The bound in tokens; null for none.</param>
internal sealed class OutputLimitChatClient(IChatClient inner, int? maxOutputTokens) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Limited(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Limited(options), cancellationToken);

    private ChatOptions? Limited(ChatOptions? options)
    {
        if (maxOutputTokens is null || options?.MaxOutputTokens is not null)
            return options;

        var limited = options?.Clone() ?? new ChatOptions();
        limited.MaxOutputTokens = maxOutputTokens;
        return limited;
    }
}

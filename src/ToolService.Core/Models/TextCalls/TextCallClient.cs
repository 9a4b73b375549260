using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.TextCalls;

/// <summary>
/// Lets models call tools by text: those that know no other way are told of the tools in their prompt; of those that do, calls that slipped
/// into the text are found.
/// </summary>
/// <param name="inner">The model.</param>
/// <param name="settings">Which of the two, and how.</param>
internal sealed class TextCallClient(IChatClient inner, TextCallSettings settings) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (request, inWords) = Prepare(messages, options);
        var response = await base.GetResponseAsync(request, inWords, cancellationToken);
        return await TransformAsync(response.ToChatResponseUpdates().ToAsyncEnumerable(), options, cancellationToken)
            .ToChatResponseAsync(cancellationToken);
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (request, inWords) = Prepare(messages, options);
        return TransformAsync(base.GetStreamingResponseAsync(request, inWords, cancellationToken), options, cancellationToken);
    }

    private (IEnumerable<ChatMessage> Messages, ChatOptions? Options) Prepare(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (!settings.IsPrompted)
            return (messages, options);

        var prompt = options is null ? null : TextCallPrompt.Write(options, settings.Written);
        var inWords = options?.Clone();
        if (inWords is not null)
            (inWords.Tools, inWords.ToolMode, inWords.AllowMultipleToolCalls) = (null, null, null);
        return (TextCallHistory.Rewrite(messages, prompt, settings.Written), inWords);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> TransformAsync(
        IAsyncEnumerable<ChatResponseUpdate> updates, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var offered = options?.ToolMode is NoneChatToolMode ? null : options?.Tools;
        var answer = new TextAnswer(settings, TextTools.From(offered, onlyOffered: !settings.IsPrompted));
        var last = new ChatResponseUpdate(ChatRole.Assistant, []);
        ChatFinishReason? reason = null;
        await foreach (var update in updates.WithCancellation(cancellationToken))
        {
            // What is still held comes before the end.
            reason = update.FinishReason ?? reason;
            last = update.Clone();
            last.FinishReason = null;
            last.Contents = [.. update.Contents.SelectMany(answer.Append)];
            if (last.Contents.Count > 0)
                yield return last;
        }

        var end = last.Clone();
        end.Contents = [.. answer.Complete()];
        var hasCalls = end.Contents.Any(content => content is FunctionCallContent);
        end.FinishReason = hasCalls && (reason is null || reason == ChatFinishReason.Stop) ? ChatFinishReason.ToolCalls : reason;
        yield return end;
    }
}

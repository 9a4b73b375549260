using System.Text;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations;

/// <summary>One model request: its text is passed on as it arrives, its message is whole at the end.</summary>
internal sealed class ModelRound(Action<string> onText)
{
    private readonly List<ChatResponseUpdate> _updates = [];
    private readonly StringBuilder _text = new();

    /// <summary>The text so far, also of a request that broke off.</summary>
    public string Text => _text.ToString();

    public async Task<ChatResponse> RequestAsync(
        IChatClient client, IEnumerable<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            _updates.Add(update);
            if (update.Text is { Length: > 0 } text)
            {
                _text.Append(text);
                onText(text);
            }
        }

        return _updates.ToChatResponse();
    }
}

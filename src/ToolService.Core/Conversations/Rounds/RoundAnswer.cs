using System.Text;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations.Rounds;

/// <summary>One model request: its text is passed on as it arrives, its message is whole at the end.</summary>
/// <param name="turnId">The turn that asks.</param>
/// <param name="onText">Is given each piece of text.</param>
internal sealed class RoundAnswer(string turnId, Action<string> onText)
{
    private readonly List<ChatResponseUpdate> _updates = [];
    private readonly StringBuilder _text = new();

    /// <summary>The text so far, also of a request that broke off.</summary>
    public string Text => _text.ToString();

    /// <summary>Whether some of it has come: text, which the client was shown, or thoughts.</summary>
    public bool HasBegun => _updates.Count > 0;

    /// <summary>How often the model that is asked now was asked again after its answer had begun.</summary>
    public int Retries { get; private set; }

    /// <summary>Forgets what has come so far: the same model is asked again, or another one.</summary>
    public void StartOver(bool isOtherModel)
    {
        _updates.Clear();
        _text.Clear();
        Retries = isOtherModel ? 0 : Retries + 1;
    }

    public async Task<ChatResponse> RequestAsync(IChatClient client, RoundRequest request, CancellationToken cancellationToken)
    {
        JournalPoints.Before("model_request", turnId);
        try
        {
            await foreach (var update in client.GetStreamingResponseAsync(request.Messages, request.Options, cancellationToken))
                Take(update);
        }
        finally
        {
            JournalPoints.After("model_request", turnId);
        }

        return _updates.ToChatResponse();
    }

    private void Take(ChatResponseUpdate update)
    {
        _updates.Add(update);
        if (update.Text is not { Length: > 0 } text)
            return;

        _text.Append(text);
        onText(text);
    }
}

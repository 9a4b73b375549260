using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.Anthropic;

/// <summary>
/// One answer as it arrives: events of a stream, or the whole message at once. Calls are held until <see cref="Complete"/>.
/// </summary>
/// <param name="errors">Says what goes wrong.</param>
/// <param name="origin">Marks the thoughts that may be sent back.</param>
internal sealed class MessagesAnswer(ProviderErrors errors, string origin)
{
    // In their order: a thought behind a call may not come before it when both are sent back.
    private readonly List<MessagesBlock> _blocks = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private MessagesUsage _usage = new();
    private string? _id;
    private string? _model;
    private string? _stopReason;
    private bool _isShown;

    /// <summary>Whether a message has begun.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>Whether the provider said that the message ends here.</summary>
    public bool IsFinished => IsStopped || _stopReason is not null;

    /// <summary>Whether nothing more is to come.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>
    /// Takes one event and gives what can be shown already. Kinds of events, blocks and pieces that are not known say nothing.
    /// </summary>
    public ChatResponseUpdate? Add(JsonElement item)
    {
        switch (item.Text("type"))
        {
            case "message_start":
                Start(item.Member("message"));
                break;
            case "content_block_start":
                return Begin(item.Number("index"), item.Member("content_block"));
            case "content_block_delta":
                return Continue(item.Number("index"), item.Member("delta"));
            case "content_block_stop":
                return End(item.Number("index"));
            case "message_delta":
                _stopReason = item.Member("delta").Text("stop_reason") ?? _stopReason;
                _usage.Overlay(item.Member("usage"));
                break;
            case "message_stop":
                IsStopped = true;
                break;
        }

        return null;
    }

    /// <summary>Takes a whole message and gives its text and thoughts.</summary>
    public IEnumerable<ChatResponseUpdate> AddWhole(JsonElement message)
    {
        Start(message);
        _stopReason = message.Text("stop_reason");
        long index = 0;
        foreach (var block in message.Items("content"))
        {
            if (Begin(index, block) is { } text)
                yield return text;
            if (End(index++) is { } thought)
                yield return thought;
        }
    }

    /// <summary>What is known once everything has arrived: the calls, the finish reason and the usage.</summary>
    public ChatResponseUpdate Complete()
    {
        List<AIContent> contents = [.. _blocks.Select(Content).OfType<AIContent>()];
        var finishReason = FinishReason(contents.Exists(content => content is FunctionCallContent));
        if (_usage.Details() is { } usage)
            contents.Add(new UsageContent(usage));
        var update = Update(contents);
        update.FinishReason = finishReason;
        return update;
    }

    // A second start takes back the first, which can be done only as long as nobody has seen anything of it.
    private void Start(JsonElement message)
    {
        if (_isShown)
            throw errors.Cut();

        IsStarted = true;
        _blocks.Clear();
        _stopReason = null;
        _usage = new MessagesUsage();
        _usage.Overlay(message.Member("usage"));
        _id = message.Text("id") is { Length: > 0 } id ? id : null;
        _model = message.Text("model");
    }

    private ChatResponseUpdate? Begin(long? index, JsonElement block)
    {
        if (block.Text("type") is "text")
            return Show(block.Text("text"));

        // The document that it is read from is gone before it ends.
        if (MessagesBlock.IsKnown(block))
            _blocks.Add(new MessagesBlock(index, block.Clone()));
        return null;
    }

    private ChatResponseUpdate? Continue(long? index, JsonElement delta)
    {
        if (delta.Text("type") is "text_delta")
            return Show(delta.Text("text"));

        _blocks.FindLast(block => block.Index == index)?.Add(delta);
        return null;
    }

    private ChatResponseUpdate? End(long? index)
    {
        var ended = _blocks.FindLast(block => block.Index == index);
        if (ended is null || _blocks.Exists(block => block.IsCall))
            return null;

        _blocks.Remove(ended);
        return ended.ToReasoning(origin) is { } thought ? Show(thought) : null;
    }

    private ChatResponseUpdate? Show(string? text) => string.IsNullOrEmpty(text) ? null : Show(new TextContent(text));

    private ChatResponseUpdate Show(AIContent content)
    {
        _isShown = true;
        return Update([content]);
    }

    private AIContent? Content(MessagesBlock block) => block.IsCall ? block.ToCall(_ids) : block.ToReasoning(origin);

    private ChatFinishReason? FinishReason(bool hasCalls) => _stopReason switch
    {
        "tool_use" => ChatFinishReason.ToolCalls,
        "end_turn" or "stop_sequence" or null when hasCalls => ChatFinishReason.ToolCalls,
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "refusal" => ChatFinishReason.ContentFilter,
        null => null,
        var reason => new ChatFinishReason(reason),
    };

    private ChatResponseUpdate Update(IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model,
    };
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Models.Wire;

namespace ToolService.Core.Models.OpenAIChat;

/// <summary>One answer as it arrives: chunks of a stream, or the whole completion at once.</summary>
internal sealed class ChatAnswer(ProviderErrors errors) : IWireAnswer
{
    private readonly ToolCallAssembler _calls = new();
    private string? _id;
    private string? _model;
    private DateTimeOffset? _createdAt;
    private string? _finishReason;
    private UsageDetails? _usage;

    // The usage comes behind the finish reason.
    public bool IsOver => false;

    public bool MayEnd(bool isDone) => isDone || _finishReason is not null;

    public ChatResponseUpdate? Add(JsonElement chunk)
    {
        _id ??= chunk.Text("id") is { Length: > 0 } id ? id : null;
        _model ??= chunk.Text("model");
        _createdAt ??= chunk.UnixTime("created");
        _usage = Usage(chunk.Member("usage")) ?? Usage(chunk.Member("x_groq").Member("usage")) ?? _usage;

        List<AIContent>? contents = null;
        foreach (var choice in chunk.Items("choices"))
        {
            // Only one choice is asked for; a server that sends more numbers them.
            if (choice.Number("index") is not (null or 0))
                continue;

            _finishReason = choice.Text("finish_reason") is { Length: > 0 } reason ? reason : _finishReason;
            if (choice.Member("delta") is { ValueKind: JsonValueKind.Object } delta)
                AddMessage(delta, _calls.Add, ref contents);
            else
                AddMessage(choice.Member("message"), _calls.AddWhole, ref contents);
        }

        return contents is null ? null : Update(contents);
    }

    public ChatResponseUpdate? AddWhole(JsonElement document) => document.Items("choices").Any() ? Add(document) : throw errors.Malformed();

    public ChatResponseUpdate Complete()
    {
        List<AIContent> contents = [.. _calls.Complete()];
        var finishReason = FinishReason(contents.Count > 0);
        if (_usage is not null)
            contents.Add(new UsageContent(_usage));
        var update = Update(contents);
        update.FinishReason = finishReason;
        return update;
    }

    private static UsageDetails? Usage(JsonElement usage) => TokenUsage.Read(usage, "prompt", "completion");

    private void AddMessage(JsonElement message, Action<JsonElement> addCall, ref List<AIContent>? contents)
    {
        // The same thought under two names is sent by some gateways, for clients of either kind.
        if ((message.Text("reasoning_content") is { Length: > 0 } text ? text : message.Text("reasoning")) is { Length: > 0 } reasoning)
            (contents ??= []).Add(new TextReasoningContent(reasoning));
        if (message.Text("content") is { Length: > 0 } content)
            (contents ??= []).Add(new TextContent(content));
        foreach (var part in message.Items("content"))
            AddPart(part, ref contents);
        if (message.Text("refusal") is { Length: > 0 } refusal)
            (contents ??= []).Add(new TextContent(refusal));

        foreach (var call in message.Items("tool_calls"))
            addCall(call);
        if (message.Member("function_call") is { ValueKind: JsonValueKind.Object } legacy)
            _calls.AddLegacy(legacy);
    }

    private static void AddPart(JsonElement part, ref List<AIContent>? contents)
    {
        if (part.Text("type") is "text" && part.Text("text") is { Length: > 0 } text)
            (contents ??= []).Add(new TextContent(text));
        else if (part.Text("type") is "thinking")
            foreach (var thought in part.Items("thinking"))
                if (thought.Text("text") is { Length: > 0 } thinking)
                    (contents ??= []).Add(new TextReasoningContent(thinking));
    }

    private ChatFinishReason? FinishReason(bool hasCalls) => _finishReason switch
    {
        "stop" or "function_call" or null when hasCalls => ChatFinishReason.ToolCalls,
        null => null,
        var reason => new ChatFinishReason(reason),
    };

    private ChatResponseUpdate Update(List<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _id,
        MessageId = _id,
        ModelId = _model,
        CreatedAt = _createdAt,
    };
}

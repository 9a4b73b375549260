using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;

namespace ToolService.Api.Chat;

/// <summary>Reads a history from elsewhere, and notes every place at which it is none that a model could be given.</summary>
internal sealed class TranscriptReader(int maxCharacters)
{
    private const string NoSuchRole = "A role is system, developer (both first only), user, assistant or tool.";

    private readonly List<TranscriptMessage> _messages = [];
    private readonly TranscriptErrors _errors = new();
    private readonly OpenCalls _open = new();

    /// <summary>What is wrong.</summary>
    public TranscriptErrors Errors => _errors;

    /// <summary>The history, without the system prompt.</summary>
    public IReadOnlyList<TranscriptMessage> Messages => _messages;

    /// <summary>The system prompt that the history begins with.</summary>
    public string? SystemPrompt { get; private set; }

    /// <summary>Reads all messages.</summary>
    public void Read(IReadOnlyList<OpenAIMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            var pointer = $"/messages/{i}";
            // The serializer checks members, and not what lists hold.
            if (messages[i] is { } message)
                Read(message, pointer, isFirst: i == 0);
            else
                _errors.Add(pointer, "type", "A message must be an object.");
        }

        _open.Close(_errors);
    }

    private void Read(OpenAIMessage message, string pointer, bool isFirst)
    {
        if (message.Role is not "tool")
            _open.Close(_errors);
        CheckMembers(message, pointer);
        var isText = TranscriptText.TryRead(message.Content, $"{pointer}/content", _errors, out var text);
        switch (message.Role)
        {
            case "system" or "developer":
                ReadSystem(text, pointer, isText, isFirst);
                break;
            case "user":
                if (isText && string.IsNullOrWhiteSpace(text))
                    _errors.Add($"{pointer}/content", "minLength", "The content is empty.");
                CheckLength(text, pointer);
                _messages.Add(new TranscriptMessage(ChatRole.User, text));
                break;
            case "assistant":
                ReadAssistant(message, text, pointer, isText);
                break;
            case "tool":
                ReadResult(message, text, pointer, isText);
                break;
            default:
                _errors.Add($"{pointer}/role", "enum", NoSuchRole);
                break;
        }
    }

    private void CheckMembers(OpenAIMessage message, string pointer)
    {
        if (message is { ToolCalls: not null, Role: not "assistant" })
            _errors.Add($"{pointer}/tool_calls", "additionalProperties", "Only an assistant's message has tool_calls.");
        if (message is { ToolCallId: not null, Role: not "tool" })
            _errors.Add($"{pointer}/tool_call_id", "additionalProperties", "Only a message of the role tool has a tool_call_id.");
    }

    private void CheckLength(string? text, string pointer)
    {
        if (text?.Length > maxCharacters)
            _errors.Add($"{pointer}/content", "maxLength", $"The content has {text.Length:N0} characters; at most {maxCharacters:N0} are accepted.");
    }

    private void ReadSystem(string? text, string pointer, bool isText, bool isFirst)
    {
        if (!isFirst)
            _errors.Add($"{pointer}/role", "enum", "Only the first message may be a system prompt.");
        else if (isText && text is null)
            _errors.Add($"{pointer}/content", "type", "The content of a system prompt must be text.");
        CheckLength(text, pointer);
        SystemPrompt ??= text;
    }

    private void ReadAssistant(OpenAIMessage message, string? text, string pointer, bool isText)
    {
        var calls = new List<TranscriptCall>();
        foreach (var (index, call) in (message.ToolCalls ?? []).Index())
            if (ReadCall(call, $"{pointer}/tool_calls/{index}") is { } read)
                calls.Add(read);
        if (message.ToolCalls is not { Count: > 0 } && isText && string.IsNullOrWhiteSpace(text))
            _errors.Add(pointer, "required", "An assistant's message needs content that is not empty, or tool_calls.");
        _messages.Add(new TranscriptMessage(ChatRole.Assistant, text) { Calls = calls });
    }

    private TranscriptCall? ReadCall(OpenAIToolCall? call, string pointer)
    {
        if (call is null)
        {
            _errors.Add(pointer, "type", "A call must be an object.");
            return null;
        }

        if (call.Type != OpenAIToolCall.FunctionType)
            _errors.Add($"{pointer}/type", "const", "A call must be of the type 'function'.");
        if (!TranscriptCall.IsName(call.Function.Name))
            _errors.Add($"{pointer}/function/name", "pattern", "A name is 1 to 64 of letters, digits, '_' and '-'.");
        if (call.Id.Length == 0)
            _errors.Add($"{pointer}/id", "minLength", "The id is empty.");
        else if (!_open.TryAdd(call.Id, $"{pointer}/id"))
            _errors.Add($"{pointer}/id", "uniqueItems", "The message has another call with this id.");
        return new TranscriptCall(call.Id, call.Function.Name, call.Function.Arguments);
    }

    private void ReadResult(OpenAIMessage message, string? text, string pointer, bool isText)
    {
        if (isText && text is null)
            _errors.Add($"{pointer}/content", "type", "The content of a result must be text.");
        if (message.ToolCallId is not { } id)
            _errors.Add(pointer, "required", "A result needs a tool_call_id.");
        else if (_open.Take(id) is { } wrong)
            _errors.Add($"{pointer}/tool_call_id", null, wrong);
        _messages.Add(new TranscriptMessage(ChatRole.Tool, text) { CallId = message.ToolCallId });
    }
}

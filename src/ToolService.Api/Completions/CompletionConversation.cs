using Microsoft.Extensions.AI;
using ToolService.Api.Chat;
using ToolService.Core.Conversations;

namespace ToolService.Api.Completions;

/// <summary>Reads the messages of a request, and notes every place at which they are none that can be answered.</summary>
internal sealed class CompletionConversation
{
    private readonly int _maxCharacters;
    private readonly List<TranscriptMessage> _messages;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    public CompletionConversation(IReadOnlyList<CompletionMessage> messages, int maxCharacters)
    {
        _maxCharacters = maxCharacters;
        _messages = new List<TranscriptMessage>(messages.Count);
        foreach (var (index, message) in messages.Index())
        {
            // The serializer checks members, and not what lists hold.
            if (message is null)
                Errors.Add($"/messages/{index}", "type", "A message must be an object.");
            else
                Read(message, $"/messages/{index}");
        }

        AskWithSystem();
        var last = _messages.FindLastIndex(message => message.Role != ChatRole.System);
        if (last < 0 || _messages[last].Role == ChatRole.Assistant)
            Errors.Add("/messages", null, "There is nothing to answer: the last message must be a user's or a tool's.");
        else if (_messages[last].Role == ChatRole.User && string.IsNullOrWhiteSpace(_messages[last].Text)
            && Images.TrueForAll(image => image.Message != last))
            Errors.Add($"/messages/{last}/content", "minLength", "The content is empty.");
    }

    /// <summary>What is wrong.</summary>
    public TranscriptErrors Errors { get; } = new();

    /// <summary>The pictures in it, which are yet to be read.</summary>
    public List<CompletionImage> Images { get; } = [];

    /// <summary>Gives a message one more of its pictures, read.</summary>
    public void Add(CompletionImage image, AIContent read) =>
        _messages[image.Message] = _messages[image.Message] with { Files = [.. _messages[image.Message].Files, read] };

    /// <summary>The conversation.</summary>
    public ClientTranscript Transcript => new(_messages);

    /// <summary>Its system prompts, wherever they stand; null where there are none.</summary>
    public string? SystemPrompt => _messages.Where(message => message.Role == ChatRole.System).ToList() is { Count: > 0 } prompts
        ? string.Join("\n\n", prompts.Select(prompt => prompt.Text))
        : null;

    // Some clients say what they want in a system prompt alone.
    private void AskWithSystem()
    {
        if (_messages.Count > 0 && _messages.TrueForAll(message => message.Role == ChatRole.System))
            _messages[^1] = _messages[^1] with { Role = ChatRole.User };
    }

    private void Read(CompletionMessage message, string pointer)
    {
        List<(string Url, string Pointer)>? images = message.Role is "user" ? [] : null;
        var text = CompletionContent.Read(message.Content, $"{pointer}/content", Errors, images);
        if (text?.Length > _maxCharacters)
            Errors.Add(
                $"{pointer}/content", "maxLength",
                $"The content has {text.Length:N0} characters; at most {_maxCharacters:N0} are accepted.");
        if (message.FunctionCall is not null)
            Errors.Add($"{pointer}/function_call", null, "function_call is not accepted: use tool_calls.");
        if (message is { ToolCalls.Count: > 0, Role: not "assistant" })
            Errors.Add($"{pointer}/tool_calls", null, "Only an assistant's message has tool_calls.");
        if (message.Role is not "tool")
            Close();
        switch (message.Role)
        {
            case "system" or "developer":
                _messages.Add(new TranscriptMessage(ChatRole.System, text));
                break;
            case "user":
                Images.AddRange(images!.Select(image => new CompletionImage(_messages.Count, image.Url, image.Pointer)));
                _messages.Add(new TranscriptMessage(ChatRole.User, text));
                break;
            case "assistant":
                var said = string.IsNullOrEmpty(text) ? message.Refusal ?? text : text;
                _messages.Add(new TranscriptMessage(ChatRole.Assistant, said) { Calls = ReadCalls(message.ToolCalls ?? [], pointer) });
                break;
            case "tool":
                ReadResult(message, text, pointer);
                break;
            default:
                Errors.Add($"{pointer}/role", "enum", "A role is system, developer, user, assistant or tool.");
                break;
        }
    }

    private void Close()
    {
        _open.Clear();
        _answered.Clear();
    }

    private List<TranscriptCall> ReadCalls(IReadOnlyList<CompletionCall> calls, string pointer)
    {
        var read = new List<TranscriptCall>(calls.Count);
        foreach (var (index, call) in calls.Index())
        {
            var place = $"{pointer}/tool_calls/{index}";
            if (call is null)
                Errors.Add(place, "type", "A call must be an object.");
            else if (call.Type is not (null or CompletionCall.FunctionType))
                Errors.Add($"{place}/type", "const", "A call must be of the type 'function'.");
            else if (call.Id.Length == 0)
                Errors.Add($"{place}/id", "minLength", "The id is empty.");
            else if (!_open.Add(call.Id))
                Errors.Add($"{place}/id", "uniqueItems", "The message has another call with this id.");
            else
                read.Add(new TranscriptCall(call.Id, call.Function.Name, call.Function.Arguments));
        }

        return read;
    }

    private void ReadResult(CompletionMessage message, string? text, string pointer)
    {
        if (message.ToolCallId is not { } id)
            Errors.Add($"{pointer}/tool_call_id", "required", "A result needs a tool_call_id.");
        else if (!_open.Contains(id))
            Errors.Add($"{pointer}/tool_call_id", null, "The assistant's message before has no call with this id.");
        else if (!_answered.Add(id))
            Errors.Add($"{pointer}/tool_call_id", "uniqueItems", "The call has its result already.");
        _messages.Add(new TranscriptMessage(ChatRole.Tool, text) { CallId = message.ToolCallId });
    }
}

using Microsoft.Extensions.AI;

namespace ToolService.Core.Conversations;

/// <summary>
/// A conversation as the strictest provider takes it: at most one system message, first; then user and assistant in turns, a user first;
/// every call with one result, right behind the message that asks; nothing empty. Only what is sent is changed, never what is stored.
/// </summary>
internal sealed class Transcript
{
    // In the words of the assistant, so that a model does not take up what somebody has cancelled.
    private const string NoAnswer = "[No answer: the turn ended before there was one.]";
    private const string Opening = "[The conversation begins with your message.]";
    private const string GoOn = "[Go on.]";

    private readonly List<ChatMessage> _messages = [];

    private Transcript(TranscriptRounds rounds)
    {
        Repairs = rounds.Repairs;
        AddSystem([.. rounds.Messages.Where(IsSystem)], isFirst: rounds.Messages is [{ } first, ..] && IsSystem(first));
        foreach (var message in rounds.Messages.Where(message => !IsSystem(message)))
            Add(message);
        if (Last is null || Last == ChatRole.Assistant)
        {
            Repairs++;
            _messages.Add(new ChatMessage(ChatRole.User, GoOn));
        }
    }

    /// <summary>What to send.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>How much had to be put right that nothing but a fault of the service can have caused.</summary>
    public int Repairs { get; private set; }

    private ChatRole? Last => _messages is [.., { } last] && !IsSystem(last) ? last.Role : null;

    /// <summary>
    /// The messages as a model request may carry them. The same beginning is always rendered the same, so that providers find it in their caches.
    /// </summary>
    public static Transcript ForRequest(IEnumerable<ChatMessage> messages) => new(new TranscriptRounds(messages));

    private static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System;

    private void AddSystem(IReadOnlyList<ChatMessage> system, bool isFirst)
    {
        if (system.Count == 0)
            return;

        Repairs += system.Count - (isFirst ? 1 : 0);
        var text = string.Join("\n\n", system.Select(message => message.Text));
        _messages.Add(system.Count == 1 ? system[0] : new ChatMessage(ChatRole.System, text));
    }

    private void Add(ChatMessage message)
    {
        if (message.Role == ChatRole.Assistant && Last == ChatRole.Assistant)
        {
            _messages[^1] = new ChatMessage(ChatRole.Assistant, [.. _messages[^1].Contents, new TextContent("\n\n"), .. message.Contents]);
            return;
        }

        if (message.Role == ChatRole.Assistant && Last is null)
            _messages.Add(new ChatMessage(ChatRole.User, Opening));
        else if (message.Role == ChatRole.User && Last is { } last && last != ChatRole.Assistant)
            _messages.Add(new ChatMessage(ChatRole.Assistant, NoAnswer));
        _messages.Add(message);
    }
}

using Microsoft.Extensions.AI;
using ToolService.Core.Conversations.Attachments;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations;

/// <summary>Brings conversations from the form in which they travel into the one in which they are kept, and back.</summary>
internal static class TranscriptForm
{
    /// <summary>The messages to keep: the results of a message's calls are one message, and every call has an id of ours.</summary>
    /// <exception cref="ArgumentException">A call has not exactly one result, at its place.</exception>
    public static IReadOnlyList<ChatMessage> Gather(IReadOnlyList<TranscriptMessage> messages)
    {
        var gathered = new List<ChatMessage>(messages.Count);
        var open = new Queue<FunctionCallContent>();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                if (!open.TryDequeue(out var call) || call.CallId != message.CallId)
                    throw new ArgumentException("A result is not at its place.", nameof(messages));
                if (gathered[^1].Role != ChatRole.Tool)
                    gathered.Add(new ChatMessage(ChatRole.Tool, (IList<AIContent>)[]));
                gathered[^1].Contents.Add(FunctionCalls.Result(call, message.Text ?? "", isError: false));
                continue;
            }

            if (open.Count > 0)
                break;
            gathered.Add(Kept(message));
            foreach (var call in FunctionCalls.In(gathered[^1]))
                open.Enqueue(call);
        }

        return open.Count == 0 ? gathered : throw new ArgumentException("A call has no result.", nameof(messages));
    }

    /// <summary>
    /// The messages to keep of a conversation whose results may be missing or in another order, and in which users may speak twice: results come
    /// in the order of their calls, missing ones were interrupted, and what a user says at a time is one message.
    /// </summary>
    public static IReadOnlyList<ChatMessage> Complete(IReadOnlyList<TranscriptMessage> messages)
    {
        var kept = new List<ChatMessage>(messages.Count);
        IReadOnlyList<FunctionCallContent> open = [];
        var results = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.Tool)
            {
                results[message.CallId ?? ""] = message.Text ?? "";
                continue;
            }

            Close(kept, open, results);
            if (message.Role == ChatRole.User && kept is [.., { } last] && last.Role == ChatRole.User)
            {
                last.Contents.Add(new TextContent($"\n\n{message.Text}"));
                foreach (var file in message.Files)
                    last.Contents.Add(file);
                open = [];
                continue;
            }

            kept.Add(Kept(message));
            open = FunctionCalls.In(kept[^1]);
        }

        Close(kept, open, results);
        return kept;
    }

    /// <summary>The messages in the form in which they travel.</summary>
    public static IReadOnlyList<TranscriptMessage> Spread(IEnumerable<ChatMessage> messages) =>
        [.. new TranscriptRounds(messages).Messages.SelectMany(Spread)];

    private static void Close(List<ChatMessage> kept, IReadOnlyList<FunctionCallContent> open, Dictionary<string, string> results)
    {
        if (open.Count > 0)
            kept.Add(new ChatMessage(ChatRole.Tool, [.. open.Select(call => results.TryGetValue(call.CallId, out var text)
                ? FunctionCalls.Result(call, text, isError: false)
                : FunctionCalls.Interrupted(call))]));
        results.Clear();
    }

    // The form has no place for pictures: their names stand where they were.
    private static string TextOf(ChatMessage message) => message.Contents.Any(content => content is DataContent)
        ? string.Join('\n', message.Contents.Select(content => content is TextContent text ? text.Text : Attachment.Of(content)?.Placeholder))
        : message.Text;

    private static ChatMessage Kept(TranscriptMessage message)
    {
        var text = string.IsNullOrEmpty(message.Text) ? [] : (AIContent[])[new TextContent(message.Text)];
        var calls = message.Calls.Select(call => ToolCallArguments.ToCall(call.Id, call.Name, call.Arguments));
        var kept = new ChatMessage(message.Role, [.. text, .. message.Files, .. calls]);
        FunctionCalls.Identify(kept);
        return kept;
    }

    private static IEnumerable<TranscriptMessage> Spread(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool)
            return message.Contents.OfType<FunctionResultContent>()
                .Select(result => new TranscriptMessage(ChatRole.Tool, result.Result?.ToString() ?? "") { CallId = result.CallId });

        return
        [
            new TranscriptMessage(message.Role, TextOf(message) is { Length: > 0 } text ? text : null)
            {
                Calls = [.. FunctionCalls.In(message)
                    .Select(call => new TranscriptCall(call.CallId, call.Name, FunctionCalls.WrittenArguments(call)))],
            },
        ];
    }
}

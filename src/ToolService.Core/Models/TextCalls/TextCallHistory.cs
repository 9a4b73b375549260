using System.Text;
using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.TextCalls;

/// <summary>
/// Rewrites a conversation for a model that knows no tool calls: calls become text in the assistant's messages, results in the user's.
/// </summary>
internal static class TextCallHistory
{
    public const string ResultBegin = "<tool_response>";
    public const string ResultEnd = "</tool_response>";

    /// <param name="messages">The conversation.</param>
    /// <param name="prompt">What the system prompt is to say besides; null for nothing.</param>
    /// <param name="format">The format in which calls are written.</param>
    public static IReadOnlyList<ChatMessage> Rewrite(IEnumerable<ChatMessage> messages, string? prompt, ITextCallFormat format)
    {
        var written = new List<ChatMessage>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var message in messages)
        {
            foreach (var call in message.Contents.OfType<FunctionCallContent>())
                names[call.CallId] = call.Name;
            Append(written, Rewrite(message, names, format));
        }

        if (prompt is null)
            return written;

        if (written is [{ Role: var role } first, ..] && role == ChatRole.System)
            written[0] = new ChatMessage(ChatRole.System, $"{first.Text}\n\n{prompt}");
        else
            written.Insert(0, new ChatMessage(ChatRole.System, prompt));
        return written;
    }

    private static ChatMessage Rewrite(ChatMessage message, Dictionary<string, string> names, ITextCallFormat format)
    {
        var results = message.Contents.OfType<FunctionResultContent>().ToList();
        if (results.Count > 0)
            return new ChatMessage(ChatRole.User, string.Join('\n', results.Select(result => Write(result, names))));

        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(call => new TextPiece.Call(call.Name, ToolCallArguments.ToText(call)))
            .ToList();
        return calls.Count == 0 ? message : new ChatMessage(message.Role, message.Text is { Length: > 0 } text
            ? $"{text}\n{format.Write(calls)}"
            : format.Write(calls));
    }

    private static string Write(FunctionResultContent result, Dictionary<string, string> names)
    {
        // The text comes from outside: it must not be able to end where it stands and go on as somebody else.
        var content = JsonText.Quote(ToolResults.Text(result)).Replace("</", "<\\/", StringComparison.Ordinal);
        var name = JsonText.Quote(names.GetValueOrDefault(result.CallId, ""));
        return new StringBuilder(ResultBegin).Append('\n')
            .Append($$"""{"name": {{name}}, "content": {{content}}}""")
            .Append('\n').Append(ResultEnd).ToString();
    }

    // Many templates refuse two messages of the same side in a row, as results and the user's next message are now.
    private static void Append(List<ChatMessage> written, ChatMessage message)
    {
        if (written is [.., var last] && last.Role == message.Role && message.Role == ChatRole.User && IsText(last) && IsText(message))
            written[^1] = new ChatMessage(ChatRole.User, $"{last.Text}\n\n{message.Text}");
        else
            written.Add(message);
    }

    private static bool IsText(ChatMessage message) => message.Contents.All(content => content is TextContent);
}

using Microsoft.Extensions.AI;

namespace ToolService.Core.Models.Anthropic;

/// <summary>
/// What one side says until the other one does. The API wants the sides to alternate, and the results of calls first in their turn.
/// </summary>
/// <param name="Role"><c>user</c>, also for results, or <c>assistant</c>.</param>
/// <param name="Contents">Only what is sent; at least one.</param>
internal sealed record MessagesTurn(string Role, IReadOnlyList<AIContent> Contents)
{
    public const string Assistant = "assistant";

    /// <summary>Arranges a conversation; system messages have a place of their own in a request.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="origin">Whose thoughts are sent back.</param>
    public static IReadOnlyList<MessagesTurn> Of(IReadOnlyList<ChatMessage> messages, string origin)
    {
        List<MessagesTurn> turns = [];
        foreach (var message in messages.Where(message => message.Role != ChatRole.System))
        {
            var (role, contents) = message.Role == ChatRole.Assistant ? (Assistant, Spoken(message, origin)) : ("user", Told(message));
            if (contents.Count == 0)
                continue;

            if (turns is [.., var last] && last.Role == role)
                turns[^1] = last with { Contents = ResultsFirst([.. last.Contents, .. contents]) };
            else
                turns.Add(new MessagesTurn(role, ResultsFirst(contents)));
        }

        return turns;
    }

    // Thoughts at the end belong to nothing, and are refused.
    private static List<AIContent> Spoken(ChatMessage message, string origin)
    {
        var contents = message.Contents
            .Where(content => content is FunctionCallContent || IsText(content) || IsCarried(content, origin)).ToList();
        while (contents is [.., TextReasoningContent])
            contents.RemoveAt(contents.Count - 1);
        return contents;
    }

    private static List<AIContent> Told(ChatMessage message) =>
        [.. message.Contents.Where(content => content is not TextContent || IsText(content))];

    // A blank text is refused.
    private static bool IsText(AIContent content) => content is TextContent { Text: var text } && !string.IsNullOrWhiteSpace(text);

    private static bool IsCarried(AIContent content, string origin) =>
        content is TextReasoningContent { ProtectedData.Length: > 0 } reasoning && CarriedReasoning.IsFrom(reasoning, origin);

    private static IReadOnlyList<AIContent> ResultsFirst(IReadOnlyList<AIContent> contents) =>
        [.. contents.OrderBy(content => content is FunctionResultContent ? 0 : 1)];
}

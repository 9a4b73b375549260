using Microsoft.Extensions.AI;
using ToolService.Core.Execution;
using ToolService.Core.Models;

namespace ToolService.Core.Conversations.Context;

/// <summary>
/// The messages of a session as its <see cref="SessionContext"/> has them sent. The same context gives the same beginning.
/// </summary>
internal static class ContextView
{
    /// <summary>Longer results are shortened to less than this.</summary>
    public const int LongResult = 1000;

    private const int KeptCharacters = 400;

    /// <summary>What is sent; the messages themselves where the context changes nothing.</summary>
    public static IReadOnlyList<ChatMessage> Of(IReadOnlyList<ChatMessage> messages, SessionContext context)
    {
        if (context is { LeftOut: 0, Shortened: 0 })
            return messages;

        // A system prompt holds for the whole conversation, wherever it came from.
        List<ChatMessage> sent = [.. messages.Take(context.LeftOut).Where(IsSystem)];
        var kept = messages.Skip(context.LeftOut)
            .Select((message, index) => index + context.LeftOut < context.Shortened ? Shorten(message) : message);
        sent.AddRange(context.LeftOut == 0 ? kept : Introduce([.. kept], ContextNote.Of(context)));
        return sent;
    }

    /// <summary>How many results of a message can be shortened.</summary>
    public static int LongResults(ChatMessage message) => message.Contents.OfType<FunctionResultContent>().Count(IsLong);

    private static bool IsSystem(ChatMessage message) => message.Role == ChatRole.System;

    private static bool IsLong(FunctionResultContent result) => ToolResults.Text(result).Length > LongResult;

    private static ChatMessage Shorten(ChatMessage message) => LongResults(message) == 0
        ? message
        : new ChatMessage(message.Role, [.. message.Contents.Select(Shorten)]);

    private static AIContent Shorten(AIContent content) =>
        content is FunctionResultContent result && IsLong(result) ? Shorten(result) : content;

    private static FunctionResultContent Shorten(FunctionResultContent result)
    {
        var text = ResultText.Cut(
            ToolResults.Text(result),
            KeptCharacters,
            FunctionCalls.IdOf(result),
            kept => $"Shortened to the first {kept:N0} characters, to save room.");
        return new FunctionResultContent(result.CallId, text) { AdditionalProperties = result.AdditionalProperties };
    }

    /// <summary>
    /// Puts the note before everything else, within the user's first message where that is the first: users and assistant take turns.
    /// </summary>
    private static IEnumerable<ChatMessage> Introduce(IReadOnlyList<ChatMessage> kept, string note) =>
        kept is [{ } first, ..] && first.Role == ChatRole.User
            ? [new ChatMessage(ChatRole.User, [new TextContent(note + "\n\n"), .. first.Contents]), .. kept.Skip(1)]
            : [new ChatMessage(ChatRole.User, note), .. kept];
}

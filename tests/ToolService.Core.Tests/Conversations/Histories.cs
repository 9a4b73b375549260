using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;
using ToolService.Core.Models;
using ToolService.Core.Storage.Rows;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations;

/// <summary>Histories as turns leave them, and such as no turn ever should.</summary>
internal static class Histories
{
    private static readonly string[] Texts = ["Hello.", "What is 17 * 23?", "a\n\nb", "\0", "\ud800", "🐲", "", " \n"];
    private static readonly string[] Ids = ["call_1", "call_2", "call_1_1", "functions.echo:0", ""];
    private static readonly string[] Names = ["echo", "add_note", "", "no name", "functions.echo", "é🐲", new('x', 100)];
    private static readonly string[] Arguments = ["{}", """{"a":1}""", "[1]", "{\"a\":", "", "null", "no json"];

    /// <summary>Messages in any order, with results of any call or none, some as the store gives them back.</summary>
    public static Gen<IReadOnlyList<ChatMessage>> Any() =>
        from messages in Gen.Frequency(
            (4, Said(ChatRole.User)), (3, Said(ChatRole.Assistant)), (5, Asking()), (5, Results()), (1, Said(ChatRole.System)), (1, Thought())).ListOf()
        from isStored in Gen.Elements(true, false)
        select (IReadOnlyList<ChatMessage>)[.. messages.Select(message => isStored ? Stored(message) : message)];

    /// <summary>What turns leave: each with a user's message, then rounds with every result, and an answer or none.</summary>
    public static Gen<IReadOnlyList<ChatMessage>> OfTurns() =>
        from turns in Turn().ListOf()
        select (IReadOnlyList<ChatMessage>)[.. turns.SelectMany(turn => turn).Select(Stored)];

    private static Gen<IEnumerable<ChatMessage>> Turn() =>
        from question in Gen.Elements(Texts.Where(text => !string.IsNullOrWhiteSpace(text)))
        from rounds in Asking().ListOf()
        from answer in Gen.Frequency((3, Said(ChatRole.Assistant)), (1, Thought()), (1, Gen.Constant<ChatMessage>(null!)))
        select Answered(rounds.Select(Identified)).Prepend(new ChatMessage(ChatRole.User, question)).Concat(answer is null ? [] : [answer]);

    private static IEnumerable<ChatMessage> Answered(IEnumerable<ChatMessage> rounds) => rounds.SelectMany(round =>
        (ChatMessage[])[round, new(ChatRole.Tool, [.. FunctionCalls.In(round).Select(call => FunctionCalls.Result(call, "result", isError: false))])]);

    private static Gen<ChatMessage> Said(ChatRole role) => from text in Gen.Elements(Texts) select new ChatMessage(role, text);

    private static Gen<ChatMessage> Thought() => Gen.Constant(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("Let me think.")]));

    private static Gen<ChatMessage> Asking() =>
        from text in Gen.Elements<string>([.. Texts, null!])
        from calls in Call().NonEmptyListOf()
        from isIdentified in Gen.Elements(true, false)
        let message = new ChatMessage(ChatRole.Assistant, [.. text is null ? [] : (AIContent[])[new TextContent(text)], .. calls])
        select isIdentified ? Identified(message) : message;

    private static Gen<FunctionCallContent> Call() =>
        from id in Gen.Elements(Ids)
        from name in Gen.Elements(Names)
        from arguments in Gen.Elements(Arguments)
        select ToolCallArguments.ToCall(id, name, arguments);

    private static Gen<ChatMessage> Results() =>
        from ids in Gen.Elements(Ids).NonEmptyListOf()
        from text in Gen.Elements(Texts)
        select new ChatMessage(ChatRole.Tool, [.. ids.Select(id => new FunctionResultContent(id, text))]);

    private static ChatMessage Identified(ChatMessage message)
    {
        var copy = new ChatMessage(message.Role, [.. message.Contents.Select(content =>
            content is FunctionCallContent call ? FunctionCalls.Rename(call, call.CallId, call.Name) : content)]);
        FunctionCalls.Identify(copy);
        return copy;
    }

    private static ChatMessage Stored(ChatMessage message) => MessageRow.Of("s", new SessionMessage(0, null, message, Samples.Noon)).ToRecord().Message;
}

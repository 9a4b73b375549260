using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;

namespace ToolService.Core.Tests.Conversations.Context;

/// <summary>A session's messages, with turns and results short and long, and where its last turn begins.</summary>
internal sealed record LongHistories(IReadOnlyList<ChatMessage> Messages, int FirstOfTurn)
{
    private static readonly int[] Lengths = [1, 40, 1000, 1001, 5000];

    public static Gen<LongHistories> Any() =>
        from turns in Turn().ListOf()
        from last in Turn()
        select new LongHistories([.. turns.SelectMany(turn => turn), .. last.SkipLast(1)], turns.Sum(turn => turn.Count));

    public static ChatMessage Round(string text, params (string Id, string Result)[] calls)
    {
        var message = new ChatMessage(ChatRole.Assistant, [
            new TextContent(text), .. calls.Select(call => new FunctionCallContent(call.Id, "echo", new Dictionary<string, object?> { ["a"] = 1 }))]);
        FunctionCalls.Identify(message);
        return message;
    }

    public static ChatMessage Results(ChatMessage round, params string[] results) => new(
        ChatRole.Tool,
        [.. FunctionCalls.In(round).Zip(results, (call, result) => FunctionCalls.Result(call, result, isError: false))]);

    public override string ToString() =>
        $"{FirstOfTurn} of {string.Join(' ', Messages.Select(message => $"{message.Role.Value}:{message.Contents.Sum(content => content is FunctionResultContent result ? result.Result!.ToString()!.Length : 1)}"))}";

    private static Gen<List<ChatMessage>> Turn() =>
        from question in Gen.Elements(Lengths)
        from rounds in Gen.Elements(Lengths).NonEmptyListOf().ListOf()
        select (List<ChatMessage>)
        [
            new(ChatRole.User, new string('q', question)), .. rounds.SelectMany(RoundOf), new(ChatRole.Assistant, "That is it."),
        ];

    private static ChatMessage[] RoundOf(IList<int> results)
    {
        var round = Round("Let me see.", [.. results.Select((_, index) => ($"call_{index}", ""))]);
        return [round, Results(round, [.. results.Select(length => new string('r', length))])];
    }
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using ToolService.Core.Conversations;
using ToolService.Core.Execution;
using ToolService.Core.Models;
using ToolService.Core.Storage;
using ToolService.Core.Tests.Storage;

namespace ToolService.Core.Tests.Conversations;

public class FunctionCallsTests
{
    [Theory]
    [InlineData("""{"a":1}""")]
    [InlineData("{}")]
    [InlineData("""{"n":12345678901234567890.50,"e":1e400,"s":"é🐲\u0000","z":null,"l":[{"a":[]}]}""")]
    public async Task Call_comes_back_from_the_store_as_it_went_in(string arguments)
    {
        var (fresh, stored) = await RoundTripAsync(Message(("call_1", arguments)));

        Assert.Equal((fresh[0].Id, "tool"), (stored[0].Id, stored[0].ToolName));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(arguments), JsonElement.Parse(stored[0].Arguments)));
    }

    [Fact]
    public async Task History_repeats_to_the_provider_what_the_model_wrote()
    {
        const string Arguments = """{"a":1,"b":[true,{"c":"é"}]}""";

        Assert.Equal(Arguments, ToolCallArguments.ToText(FunctionCalls.In(await StoreAsync(Message(("call_1", Arguments)))).Single()));
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("[1]")]
    [InlineData("\"{}\"")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("no json at all, \"quoted\"\n🐲")]
    public async Task Malformed_arguments_keep_the_models_own_text(string arguments)
    {
        var (fresh, stored) = await RoundTripAsync(Message(("call_1", arguments)));

        Assert.Equal(arguments, fresh[0].Arguments);
        Assert.Equal(arguments, stored[0].Arguments);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(63)]
    [InlineData(60)]
    [InlineData(10_000)]
    public async Task Depth_of_the_arguments_does_not_keep_the_message_from_being_stored(int depth)
    {
        var arguments = string.Concat(Enumerable.Repeat("""{"a":""", depth - 1)) + "{}" + new string('}', depth - 1);

        var (_, stored) = await RoundTripAsync(Message(("call_1", arguments)));

        Assert.Equal(arguments, stored[0].Arguments);
    }

    [Theory]
    [InlineData("{\"a\":1", true)]
    [InlineData("{\"a\":\"x\"", true)]
    [InlineData("", true)]
    [InlineData("{\"a\":1}", false)]
    public async Task Last_call_of_a_message_at_the_output_limit_is_cut_off_unless_it_is_whole(string arguments, bool isCut)
    {
        var message = Message(("call_1", "{\"a\":"), ("call_2", arguments));
        FunctionCalls.Identify(message, isCut: true);
        var whole = Message(("call_1", arguments));
        FunctionCalls.Identify(whole);

        Assert.Equal([false, isCut], CallsOf(message).Select(call => call.IsCutOff));
        Assert.Equal([false, isCut], CallsOf(await StoreAsync(message)).Select(call => call.IsCutOff));
        Assert.False(CallsOf(whole).Single().IsCutOff);
    }

    [Fact]
    public async Task Mended_call_is_sent_to_the_provider_as_it_was_understood_and_stays_what_the_model_wrote()
    {
        var message = Message(("call_1", "{'a': 1}"));
        FunctionCalls.Identify(message);
        FunctionCalls.Mend(FunctionCalls.In(message).Single(), "{\"a\":1}");
        var stored = await StoreAsync(message);

        foreach (var kept in (ChatMessage[])[message, stored])
        {
            Assert.Equal("{\"a\":1}", ToolCallArguments.ToText(FunctionCalls.In(kept).Single()));
            Assert.Equal("{'a': 1}", CallsOf(kept).Single().Arguments);
        }
    }

    [Fact]
    public async Task Every_call_has_an_id_of_its_own_whatever_the_provider_calls_it()
    {
        var (fresh, stored) = await RoundTripAsync(Message(("call_1", "{}"), ("call_1", "{\"a\":"), ("call_1", "{}"), ("", "{}"), ("call_2", "{}")));
        var (next, _) = await RoundTripAsync(Message(("call_1", "{}")));

        Assert.Equal(fresh, stored);
        Assert.Equal(6, stored.Concat(next).Select(call => call.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Ids_that_the_provider_is_answered_with_are_distinct_and_its_own_where_it_can_be()
    {
        var message = Message(("call_1", "{}"), ("call_1", "{\"a\":"), ("call_2", "{}"));
        FunctionCalls.Identify(message);

        var ids = FunctionCalls.In(await StoreAsync(message)).Select(call => call.CallId).ToList();

        Assert.Equal(("call_1", "call_2"), (ids[0], ids[2]));
        Assert.Equal(3, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Interrupted_calls_have_one_result_each_in_order_after_the_store_too()
    {
        var message = Message(("call_1", "{}"), ("call_1", "{\"a\":"), ("call_2", "{}"));
        FunctionCalls.Identify(message);
        var calls = FunctionCalls.In(await StoreAsync(message));

        var answers = FunctionCalls.AnswersIn(await StoreAsync(FunctionCalls.Interrupt(calls)));

        Assert.Equal(calls.Select(call => FunctionCalls.ToToolCall(call).Id), answers.Select(answer => answer.CallId));
        Assert.All(answers, answer => Assert.True(answer.IsError));
        Assert.All(answers, answer => Assert.Contains("outcome_unknown", answer.Text, StringComparison.Ordinal));
    }

    private static ChatMessage Message(params (string Id, string Arguments)[] calls) =>
        new(
            ChatRole.Assistant,
            [new TextContent("Let me see."), .. calls.Select(call => ToolCallArguments.ToCall(call.Id, "tool", call.Arguments))]);

    private static async Task<(IReadOnlyList<ToolCall> Fresh, IReadOnlyList<ToolCall> Stored)> RoundTripAsync(ChatMessage message)
    {
        FunctionCalls.Identify(message);
        return (CallsOf(message), CallsOf(await StoreAsync(await StoreAsync(message))));
    }

    private static IReadOnlyList<ToolCall> CallsOf(ChatMessage message) => [.. FunctionCalls.In(message).Select(FunctionCalls.ToToolCall)];

    private static async Task<ChatMessage> StoreAsync(ChatMessage message)
    {
        await using var database = await TestDatabase.OpenAsync(StorageProvider.Sqlite);
        var turn = Samples.Turn("turn_1", "sess_1");
        await database.Conversations.TryBeginTurnAsync(Samples.Session("sess_1"), turn, Samples.Message(0, "turn_1"), []);
        await database.Conversations.TrySaveTurnAsync(turn, [new SessionMessage(1, "turn_1", message, Samples.Noon)], []);
        return (await database.Conversations.ListMessagesAsync("sess_1", 1, 1, TestContext.Current.CancellationToken)).Single().Message;
    }
}

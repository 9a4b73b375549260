using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Core.Models;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.Anthropic;

public class MessagesStreamTests
{
    [Fact]
    public async Task Text_is_passed_on_before_the_stream_ends()
    {
        var release = new TaskCompletionSource();
        var first = MessageEvents.Body(MessageEvents.Start, MessageEvents.Text(0, "Hel"));
        var rest = MessageEvents.Body(MessageEvents.Text(0, "lo"), MessageEvents.Finish("end_turn"), MessageEvents.Stop);
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Raw("text/event-stream", first + rest) with { Release = release.Task, ReleaseAfter = first.Length });
        using var client = Clients.For(server);

        List<string> texts = [];
        await foreach (var update in client.GetStreamingResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken))
        {
            texts.Add(update.Text);
            release.TrySetResult();
        }

        Assert.Equal(["Hel", "lo", ""], texts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_has_its_calls_usage_and_names(bool stream)
    {
        var response = await AskAsync(stream, ScriptedReply.Message("Let me see.", [("a", """{"x":1}"""), ("b", "{}")]));

        Assert.Equal("Let me see.", response.Text);
        Assert.Equal([("call_1", "a", """{"x":1}"""), ("call_2", "b", "{}")], Told(response));
        Assert.Equal(1, ((JsonElement)response.Calls()[0].Arguments!["x"]!).GetInt32());
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal((10L, 5L, 15L), (response.Usage!.InputTokenCount!.Value, response.Usage.OutputTokenCount!.Value, response.Usage.TotalTokenCount!.Value));
        Assert.Equal("scripted", response.ModelId);
    }

    [Fact]
    public async Task Text_of_arguments_is_kept_as_the_model_wrote_it() =>
        Assert.Equal([("1", "a", "{ \"x\" : 1.50 }")], Told(await StreamAsync(
            MessageEvents.Call(0, "1", "a"), MessageEvents.Input(0, ""), MessageEvents.Input(0, "{ \"x\" :"), MessageEvents.Input(0, " 1.50 }"), MessageEvents.End(0))));

    [Fact]
    public async Task Arguments_may_come_with_the_blocks_start() =>
        Assert.Equal([("1", "a", """{"x":[1," "]}""")], Told(await StreamAsync(MessageEvents.Call(0, "1", "a", """{ "x": [1, " "] }"""), MessageEvents.End(0))));

    [Fact]
    public async Task Call_without_arguments_has_none()
    {
        var call = Assert.Single((await StreamAsync(MessageEvents.Block(0, """{"type":"tool_use","id":"1","name":"a"}"""))).Calls());

        Assert.Equal("{}", call.RawRepresentation);
        Assert.Empty(call.Arguments!);
    }

    [Theory]
    [InlineData("{\"x\":")]
    [InlineData("[1]")]
    [InlineData("{\"x\":1,\"x\":2}")]
    public async Task Arguments_that_are_no_object_are_an_exception_on_the_call(string arguments)
    {
        var response = await StreamAsync(MessageEvents.Call(0, "1", "a"), MessageEvents.Input(0, arguments), MessageEvents.End(0));

        var call = Assert.Single(response.Calls());
        Assert.Null(call.Arguments);
        Assert.StartsWith("The arguments are not a valid JSON object: ", call.Exception!.Message, StringComparison.Ordinal);
        Assert.Equal(arguments, call.RawRepresentation);
    }

    [Fact]
    public async Task Arguments_nested_too_deep_are_an_exception_on_the_call_of_a_whole_answer()
    {
        var response = await AskAsync(stream: false, ScriptedReply.Raw(
            "application/json",
            """{"content":[{"type":"text","text":"hi"},{"type":"tool_use","id":"1","name":"a","input":{"x":"""
            + new string('[', 200) + new string(']', 200) + """}}],"stop_reason":"tool_use"}"""));

        Assert.Equal("hi", response.Text);
        Assert.NotNull(Assert.Single(response.Calls()).Exception);
    }

    [Fact]
    public async Task Arguments_nested_too_deep_are_an_exception_on_the_call_of_a_stream()
    {
        var response = await StreamAsync(MessageEvents.Call(0, "1", "a", $$"""{"x":{{new string('[', 200)}}{{new string(']', 200)}}}"""), MessageEvents.Text(1, "hi"));

        Assert.Equal("hi", response.Text);
        Assert.NotNull(Assert.Single(response.Calls()).Exception);
    }

    [Fact]
    public async Task Blocks_whose_pieces_alternate_are_told_apart() =>
        Assert.Equal([("1", "a", """{"x":1}"""), ("2", "b", """{"y":2}""")], Told(await StreamAsync(
            MessageEvents.Call(0, "1", "a"),
            MessageEvents.Call(1, "2", "b"),
            MessageEvents.Input(1, """{"y":"""),
            MessageEvents.Input(0, """{"x":1}"""),
            MessageEvents.Input(1, "2}"))));

    [Fact]
    public async Task Missing_and_repeated_ids_are_replaced()
    {
        var ids = (await StreamAsync(MessageEvents.Call(0, "1", "a"), MessageEvents.Call(1, "1", "b"), MessageEvents.Call(2, "", "c"))).Calls().Select(call => call.CallId).ToList();

        Assert.Equal("1", ids[0]);
        Assert.Equal(3, ids.Distinct().Count());
        Assert.All(ids, Assert.NotEmpty);
    }

    [Fact]
    public async Task Tools_that_the_provider_runs_itself_are_no_calls()
    {
        var response = await StreamAsync(
            MessageEvents.Block(0, """{"type":"server_tool_use","id":"s","name":"web_search","input":{}}"""),
            MessageEvents.Input(0, """{"query":"x"}"""),
            MessageEvents.End(0),
            MessageEvents.Block(1, """{"type":"mcp_tool_use","id":"m","name":"n","input":{}}"""),
            MessageEvents.End(1),
            MessageEvents.Text(2, "Found."));

        Assert.Empty(response.Calls());
        Assert.Equal("Found.", response.Text);
    }

    [Fact]
    public async Task Unknown_events_blocks_and_pieces_say_nothing()
    {
        var response = await StreamAsync(
            """{"type":"ping"}""",
            """{"type":"news","text":"x"}""",
            MessageEvents.Block(0, """{"type":"hologram","text":"x"}"""),
            MessageEvents.Delta(0, """{"type":"hologram_delta","text":"x"}"""),
            MessageEvents.End(0),
            MessageEvents.Text(1, "hi"),
            MessageEvents.Delta(1, """{"type":"citations_delta","citation":{}}"""));

        Assert.Equal("hi", response.Text);
        Assert.Empty(response.Calls());
    }

    [Fact]
    public async Task Thoughts_are_reasoning_and_those_behind_a_call_stay_there()
    {
        var response = await StreamAsync(
            MessageEvents.Block(0, """{"type":"thinking","thinking":"","signature":""}"""),
            MessageEvents.Delta(0, """{"type":"thinking_delta","thinking":"Hm."}"""),
            MessageEvents.Delta(0, """{"type":"signature_delta","signature":"c2ln"}"""),
            MessageEvents.End(0),
            MessageEvents.Call(1, "1", "a"),
            MessageEvents.End(1),
            MessageEvents.Block(2, """{"type":"thinking","thinking":"Or so.","signature":"b3I="}"""),
            MessageEvents.End(2));

        Assert.Equal(
            [("TextReasoningContent", "Hm."), ("FunctionCallContent", null), ("TextReasoningContent", "Or so.")],
            Assert.Single(response.Messages).Contents.Select(content => (content.GetType().Name, (content as TextReasoningContent)?.Text)));
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("refusal", "content_filter")]
    [InlineData("pause_turn", "pause_turn")]
    public async Task Stop_reason_is_the_finish_reason(string reason, string finishReason)
    {
        var response = await AskAsync(stream: true, MessageEvents.Reply(MessageEvents.Start, MessageEvents.Text(0, "hi"), MessageEvents.Finish(reason), MessageEvents.Stop));

        Assert.Equal(finishReason, response.FinishReason!.Value.Value);
    }

    [Fact]
    public async Task Usage_at_the_end_goes_over_that_at_the_start_and_input_counts_the_cache()
    {
        var start = """{"type":"message_start","message":{"usage":{"input_tokens":10,"cache_read_input_tokens":100,"cache_creation_input_tokens":20,"output_tokens":1}}}""";

        var usage = (await AskAsync(stream: true, MessageEvents.Reply(
            start,
            MessageEvents.Finish("end_turn", """{"input_tokens":11,"cache_read_input_tokens":null,"output_tokens":5,"output_tokens_details":{"thinking_tokens":3}}"""),
            MessageEvents.Stop))).Usage!;

        Assert.Equal(
            (131L, 5L, 136L, 100L, 3L, 20L),
            (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount,
                usage.AdditionalCounts!["cache_creation_input_tokens"]));
    }

    [Fact]
    public async Task Second_start_takes_back_the_first_message()
    {
        var response = await StreamAsync(
            MessageEvents.Call(0, "1", "a"), MessageEvents.Input(0, "{\"x\""), MessageEvents.Start, MessageEvents.Call(0, "2", "b"), MessageEvents.End(0));

        Assert.Equal([("2", "b", "{}")], Told(response));
    }

    [Fact]
    public async Task Second_start_after_text_was_passed_on_is_a_broken_answer()
    {
        var e = await Assert.ThrowsAsync<ModelException>(() => StreamAsync(MessageEvents.Text(0, "hi"), MessageEvents.Start, MessageEvents.Text(0, "hi")));

        Assert.Equal("The answer of model 'local' broke off before its end.", e.Message);
        Assert.True(e.Retryable);
    }

    [Fact]
    public async Task Whole_answer_to_a_streamed_request_is_taken()
    {
        var response = await AskAsync(stream: true, ScriptedReply.Raw("application/json", """{"content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn"}"""));

        Assert.Equal("hi", response.Text);
        Assert.Null(response.Usage);
    }

    [Fact]
    public async Task Server_that_does_not_close_the_stream_after_its_end_does_not_hold_up_the_answer()
    {
        var done = MessageEvents.Body(MessageEvents.Start, MessageEvents.Text(0, "hi"), MessageEvents.Finish("end_turn"), MessageEvents.Stop);
        var never = new TaskCompletionSource();
        await using var server = await ScriptedModelServer.StartAsync(
            ScriptedReply.Raw("text/event-stream", done + ": more") with { Release = never.Task, ReleaseAfter = done.Length });
        using var client = Clients.For(server, new ManualTime(ManualTime.Start));

        Assert.Equal("hi", (await client.AskAsync(stream: true)).Text);
    }

    [Fact]
    public void Cutting_the_body_anywhere_changes_nothing()
    {
        var sizes = Gen.Choose(1, 60).ListOf(8);
        Prop.ForAll(sizes.ToArbitrary(), pieces => Task.Run(async () =>
        {
            var reply = ScriptedReply.Message("Grüße 😀 an alle", [("a", """{"text":"Zürich 😀"}"""), ("b", "{}")]) with { Pieces = [.. pieces] };
            var response = await AskAsync(stream: true, reply);
            return response.Text == "Grüße 😀 an alle" && Told(response).SequenceEqual([("call_1", "a", """{"text":"Zürich 😀"}"""), ("call_2", "b", "{}")]);
        }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static IReadOnlyList<(string Id, string Name, string? Arguments)> Told(ChatResponse response) =>
        [.. response.Calls().Select(call => (call.CallId, call.Name, call.RawRepresentation as string))];

    private static Task<ChatResponse> StreamAsync(params string[] events) =>
        AskAsync(stream: true, MessageEvents.Reply([MessageEvents.Start, .. events, MessageEvents.Finish("tool_use"), MessageEvents.Stop]));

    private static async Task<ChatResponse> AskAsync(bool stream, ScriptedReply reply)
    {
        await using var server = await ScriptedModelServer.StartAsync(reply);
        using var client = Clients.For(server);
        return await client.AskAsync(stream);
    }
}

using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using ToolService.Testing;

namespace ToolService.Core.Tests.Models.OpenAIResponses;

public class ResponsesStreamTests
{
    private const string Completed = """{"type":"response.completed","response":{"status":"completed"}}""";
    private const string Call = """{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"a","arguments":""}}""";

    [Fact]
    public async Task Text_is_passed_on_before_the_stream_ends()
    {
        var release = new TaskCompletionSource();
        var first = "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"Hel\"}\n\n";
        var reply = ScriptedReply.Raw("text/event-stream", $"{first}{first.Replace("Hel", "lo", StringComparison.Ordinal)}data: {Completed}\n\n")
            with
        { Release = release.Task, ReleaseAfter = first.Length };
        await using var server = await ScriptedModelServer.StartAsync(reply);
        using var client = Clients.For(server);

        Assert.Equal(["Hel", "lo", ""], await client.ReadTextsAsync(() => release.TrySetResult()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_has_its_calls_usage_and_names(bool stream)
    {
        var response = await Clients.AskAsync(stream, ScriptedReply.Message("Let me see.", [("a", """{"x":1}"""), ("b", "{}")]));

        Assert.Equal("Let me see.", response.Text);
        Assert.Equal([("call_1", "a", """{"x":1}"""), ("call_2", "b", "{}")], Told(response));
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal((10L, 5L, 15L), (response.Usage!.InputTokenCount!.Value, response.Usage.OutputTokenCount!.Value, response.Usage.TotalTokenCount!.Value));
        Assert.Equal(("scripted", "resp_1"), (response.ModelId, response.ResponseId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), response.CreatedAt);
    }

    [Fact]
    public async Task Answer_in_words_stops() =>
        Assert.Equal(ChatFinishReason.Stop, (await Clients.AskAsync(stream: true, ScriptedReply.Text("hi"))).FinishReason);

    [Theory]
    [InlineData("max_output_tokens", "length")]
    [InlineData("content_filter", "content_filter")]
    public async Task Incomplete_answer_says_why(string reason, string finishReason)
    {
        var response = await Clients.AskAsync(
            """{"type":"response.output_text.delta","output_index":0,"delta":"Hel"}""",
            """{"type":"response.incomplete","response":{"incomplete_details":{"reason":"REASON"}}}""".Replace("REASON", reason, StringComparison.Ordinal));

        Assert.Equal(("Hel", finishReason), (response.Text, response.FinishReason?.Value));
    }

    [Fact]
    public async Task Refusal_is_text() =>
        Assert.Equal("I will not.", (await Clients.AskAsync(
            """{"type":"response.refusal.delta","output_index":0,"delta":"I will "}""",
            """{"type":"response.refusal.delta","output_index":0,"delta":"not."}""",
            """{"type":"response.completed","response":{"output":[{"type":"message","content":[{"type":"refusal","refusal":"I will not."}]}]}}""")).Text);

    [Fact]
    public async Task Text_that_was_not_streamed_is_taken_from_the_end() =>
        Assert.Equal("hi", (await Clients.AskAsync(
            """{"type":"response.completed","response":{"output":[{"type":"message","content":[{"type":"output_text","text":"hi"}]}]}}""")).Text);

    [Fact]
    public async Task Call_is_put_together_from_its_pieces_when_it_never_comes_whole() =>
        Assert.Equal([("call_1", "a", """{"x":1}""")], Told(await Clients.AskAsync(
            Call,
            """{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"fc_1","delta":"{\"x\""}""",
            """{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"fc_1","delta":":1}"}""",
            Completed)));

    [Fact]
    public async Task Events_without_an_index_are_matched_by_id() =>
        Assert.Equal([("call_1", "a", "{}"), ("call_2", "b", """{"y":2}""")], Told(await Clients.AskAsync(
            """{"type":"response.output_item.added","item":{"type":"function_call","id":"fc_1","call_id":"call_1","name":"a"}}""",
            """{"type":"response.output_item.added","item":{"type":"function_call","id":"fc_2","call_id":"call_2","name":"b"}}""",
            """{"type":"response.function_call_arguments.done","item_id":"fc_2","arguments":"{\"y\":2}"}""",
            """{"type":"response.function_call_arguments.done","item_id":"fc_1","arguments":"{}"}""",
            Completed)));

    [Fact]
    public async Task Item_that_the_end_repeats_under_another_id_is_the_same_item()
    {
        var response = await Clients.AskAsync(
            """{"type":"response.output_text.delta","item_id":"msg_1","delta":"hi"}""",
            """{"type":"response.completed","response":{"output":[{"type":"message","id":"msg_2","content":[{"type":"output_text","text":"hi"}]}]}}""");

        Assert.Equal("hi", response.Text);
    }

    [Fact]
    public async Task Missing_and_repeated_call_ids_are_replaced()
    {
        var calls = Told(await Clients.AskAsync(
            """{"type":"response.completed","response":{"output":[{"type":"function_call","call_id":"1","name":"a"},{"type":"function_call","call_id":"1","name":"b"},{"type":"function_call","name":"c"}]}}"""));

        Assert.Equal(["a", "b", "c"], calls.Select(call => call.Name));
        Assert.Equal(3, calls.Select(call => call.Id).Distinct().Count());
        Assert.All(calls, call => Assert.True(Ids.IsValidCallId(call.Id)));
    }

    [Fact]
    public async Task Arguments_that_were_cut_off_are_an_exception_on_the_call()
    {
        var response = await Clients.AskAsync(
            Call,
            """{"type":"response.function_call_arguments.delta","output_index":0,"delta":"{\"x\":"}""",
            """{"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}}""");

        var call = Assert.Single(response.Calls());
        Assert.Equal(("{\"x\":", ChatFinishReason.Length), (call.RawRepresentation, response.FinishReason));
        Assert.NotNull(call.Exception);
    }

    [Fact]
    public async Task Unknown_events_items_and_comments_are_passed_over()
    {
        var body = ": keep-alive\n\nevent: ping\ndata:\n\n"
            + "data: {\"type\":\"response.something.new\",\"output_index\":0,\"item\":7}\n\n"
            + "data: {}\n\n"
            + "data: {\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"type\":\"something_new\",\"content\":3}}\n\n"
            + "data: {\"type\":\"response.output_item.added\",\"output_index\":1,\"item\":null}\n\n"
            + "data: {\"type\":\"response.output_text.delta\",\"output_index\":1,\"delta\":\"hi\"}\n\n"
            + $"data: {Completed}\n\n";

        Assert.Equal("hi", (await Clients.AskAsync(stream: true, ScriptedReply.Raw("text/event-stream", body))).Text);
    }

    [Fact]
    public async Task Whole_answer_to_a_streamed_request_is_taken() =>
        Assert.Equal("hi", (await Clients.AskAsync(stream: true, ScriptedReply.Raw(
            "application/json", """{"output":[{"type":"message","content":[{"type":"output_text","text":"hi"}]}]}"""))).Text);

    [Fact]
    public void Answer_is_the_same_however_the_stream_is_cut()
    {
        var pieces = Gen.Choose(1, 40).ListOf().ToArbitrary();
        Prop.ForAll(pieces, sizes => Task.Run(async () =>
        {
            var response = await Clients.AskAsync(
                stream: true, ScriptedReply.Message("Grüße 😀", [("a", """{"x":"ä 😀"}"""), ("b", "{}")]) with { Pieces = [.. sizes, 7] });
            return response.Text == "Grüße 😀" && Told(response).SequenceEqual([("call_1", "a", """{"x":"ä 😀"}"""), ("call_2", "b", "{}")]);
        }).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static IReadOnlyList<(string Id, string Name, string? Arguments)> Told(ChatResponse response) =>
        [.. response.Calls().Select(call => (call.CallId, call.Name, call.RawRepresentation as string))];
}
